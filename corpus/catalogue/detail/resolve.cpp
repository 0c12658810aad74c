// What people type or link to, brought to the citable ID of the work it means today.
#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/works.h"
#include "corpus/identifier/alias.h"
#include "corpus/identifier/citable_id.h"

namespace acervo::catalogue::detail {

std::optional<std::string> citableIdOf(Script& script, std::int64_t workId)
{
    std::optional<std::string> found;
    script.each(
        "SELECT citable_id FROM work WHERE id = ?",
        [&](const Row& row) {
            found = row.text(0);
            return false;
        },
        workId);
    return found;
}

std::optional<std::string> resolve(Script& script, std::string_view typed, std::string_view prefix)
{
    // IDs given under an earlier prefix stay good.
    std::vector<std::string> prefixes{std::string{prefix}};
    script.each("SELECT DISTINCT prefix FROM serial_counter", [&](const Row& row) {
        if (row.view(0) != prefix) {
            prefixes.push_back(row.text(0));
        }
        return true;
    });
    for (const auto& known : prefixes) {
        if (const auto id = identifier::parse(typed, known)) {
            return citableIdOf(script, findWork(script, *id));
        }
    }
    const auto alias = identifier::readAlias(typed);
    return alias ? citableIdOf(script, workOfAlias(script, *alias)) : std::nullopt;
}

} // namespace acervo::catalogue::detail
