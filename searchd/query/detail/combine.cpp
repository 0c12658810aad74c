#include "searchd/query/detail/combine.h"

#include <algorithm>
#include <utility>

namespace acervo::query {

Tree combine(Tree::Kind kind, std::vector<Tree> parts)
{
    using Kind = Tree::Kind;
    const bool needsFirst = kind == Kind::maybe || kind == Kind::without;
    const bool needsAll = kind == Kind::all || kind == Kind::phrase;
    if ((needsFirst && parts.front().empty()) || (needsAll && std::ranges::any_of(parts, &Tree::empty))) {
        return matchNothing();
    }
    std::erase_if(parts, [](const Tree& part) { return part.empty(); });
    if (parts.empty()) {
        return matchNothing();
    }
    if (parts.size() == 1) {
        return std::move(parts.front());
    }
    Tree tree;
    tree.kind = kind;
    tree.parts = std::move(parts);
    return tree;
}

Tree lookFor(std::string term)
{
    Tree tree;
    tree.kind = term.empty() ? Tree::Kind::nothing : Tree::Kind::word;
    tree.term = std::move(term);
    return tree;
}

Tree scaled(Tree tree, double share)
{
    tree.share *= share;
    return tree;
}

Tree matchNothing()
{
    return {};
}

Tree matchEverything()
{
    Tree tree;
    tree.kind = Tree::Kind::everything;
    return tree;
}

Tree matchNothingButAsked()
{
    return combine(Tree::Kind::without, {matchEverything(), matchEverything()});
}

} // namespace acervo::query
