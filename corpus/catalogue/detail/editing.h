// What people decide about works, carried out. See Catalogue for the rules.
#pragma once

#include "corpus/catalogue/detail/sqlite.h"
#include "corpus/catalogue/works.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue::detail {

Error noSuchWork(std::string_view citableId);

// One object per decision. What cannot be done fails the script, with what to do instead.
class Editing {
public:
    Editing(Script& script, std::string_view prefix, const Signature& signature, std::int64_t now)
        : _script(script), _prefix(prefix), _signature(signature), _now(now)
    {
    }

    void edit(std::string_view citableId, const std::vector<Edit>& edits);
    void merge(std::string_view from, std::string_view into);
    std::string split(std::string_view citableId, std::string_view language, std::string_view audience);
    void withdraw(std::string_view citableId, std::string_view reason, std::string_view successor);
    void restore(std::string_view citableId);
    void addAlias(std::string_view citableId, const identifier::Alias& alias);
    void removeAlias(std::string_view citableId, const identifier::Alias& alias);

private:
    std::int64_t require(std::string_view citableId);
    bool isWithdrawn(std::int64_t workId);
    void refuseWithdrawn(std::int64_t workId, std::string_view citableId);
    void editOfWork(std::int64_t workId, const Edit& edit);
    void editOfEdition(std::int64_t editionId, const Edit& edit);
    std::vector<std::int64_t> editionsFor(std::int64_t workId, const Edit& edit, bool perLanguage);
    void moveEdition(std::int64_t editionId, std::int64_t workId);
    void changed(std::int64_t workId);

    Script& _script;
    std::string_view _prefix;
    const Signature& _signature;
    std::int64_t _now;
};

} // namespace acervo::catalogue::detail
