#include "tests/bench/questions.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace acervo::bench {

std::set<std::string> searchClasses()
{
    return {kClasses.begin(), kClasses.end() - 1};
}

void writeQuestion(const Question& question)
{
    std::printf("%s\t%s\t%s\t%s\t%s\t%d\t%d\n", question.kind.c_str(), question.language.c_str(), question.text.c_str(),
                question.section.c_str(), question.type.c_str(), question.yearFrom, question.yearTo);
}

std::optional<std::vector<Question>> readQuestions(const std::filesystem::path& file)
{
    std::ifstream lines{file};
    std::vector<Question> questions;
    for (std::string line; std::getline(lines, line);) {
        std::array<std::string, 7> fields;
        std::istringstream rest{line};
        for (auto& field : fields) {
            std::getline(rest, field, '\t');
        }
        if (std::ranges::find(kClasses, fields[0]) == kClasses.end() || fields[6].empty()) {
            return std::nullopt;
        }
        questions.push_back({fields[0], fields[1], fields[2], fields[3], fields[4],
                             static_cast<int>(std::strtol(fields[5].c_str(), nullptr, 10)),
                             static_cast<int>(std::strtol(fields[6].c_str(), nullptr, 10))});
    }
    return questions.empty() ? std::nullopt : std::optional{questions};
}

} // namespace acervo::bench
