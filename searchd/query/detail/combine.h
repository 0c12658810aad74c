// Makes trees: parts that look for nothing leave what they are combined in as it would be without them.
#pragma once

#include "searchd/query/tree.h"

#include <string>
#include <vector>

namespace acervo::query {

// A part that is all there is stands for itself. `all` of something and nothing is nothing; so is `maybe` or `without`
// of nothing.
Tree combine(Tree::Kind kind, std::vector<Tree> parts);

Tree lookFor(std::string term); // "": nothing

Tree scaled(Tree tree, double share);

// Of no words at all: asks for nothing.
Tree matchNothing();

Tree matchEverything();

// A filter that was asked for and cannot be understood must not become "no filter".
Tree matchNothingButAsked();

} // namespace acervo::query
