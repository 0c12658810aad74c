// Decides what a document is (work, edition, version, place) and writes it down; changes of locations and their effect.
#pragma once

#include "corpus/catalogue/catalogue.h"
#include "corpus/catalogue/detail/compress.h"
#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/sqlite.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace acervo::catalogue::detail {

std::int64_t ensureSource(Script& script, std::string_view name);

// What is known about one place.
struct Place {
    std::int64_t id = 0;        // 0: never seen
    std::int64_t editionId = 0; // 0: never yielded one
    bool primary = false;
    bool withdrawn = false;
};
Place findPlace(Script& script, std::int64_t sourceId, std::string_view uri);

// Gives the edition the next change number.
void markChanged(Script& script, std::int64_t editionId);

// The edition lives again, whatever happened to it.
void revive(Script& script, std::int64_t editionId);

// The place has gone: its edition finds another place to speak for it, or is withdrawn.
void leavePlace(Script& script, const Place& place, std::string_view reason, std::int64_t now);

// `remove` takes away what the owner had ("": nothing); `add` takes owner, ordinal, value.
void writeList(Script& script, std::string_view remove, std::string_view add, std::int64_t owner,
               const std::vector<std::string>& values);

void writeWorkFields(Script& script, std::int64_t workId, const WorkFields& fields, bool isNew);

// An ID that was never given, of the year of the partial date or else of today.
std::string mintId(Script& script, std::string_view prefix, std::string_view date, std::int64_t now);

// Stores one document. One object per document.
class Storing {
public:
    Storing(Script& script, TextPacker& packer, std::string_view prefix, const NewDocument& document, std::int64_t now);

    Stored run(); // meaningless when the script failed

private:
    // An edition as far as identity is concerned.
    struct Slot {
        std::int64_t editionId = 0;
        std::int64_t workId = 0;
        std::string language, audience, sha256;
        std::string workKey;
        bool withdrawn = false;
        bool placed = false;         // in its work by a person
        std::int64_t livePlaces = 0; // other than this one, seen in the last pass
    };

    // Which work the document says it belongs to.
    struct Declared {
        std::string id;          // valid and canonical, or ""
        std::int64_t workId = 0; // 0: not known yet
        bool claimsId = false;   // the ID is new to us
        bool claimsKey = false;  // the key is new to us
        bool anything() const { return workId != 0 || claimsId || claimsKey; }
    };

    struct Decision {
        std::int64_t workId = 0;    // 0: a new one
        std::int64_t editionId = 0; // 0: a new one
        std::int64_t formerWorkId = 0;
        bool claims = false;    // give the work the declared ID and key
        bool takesOver = false; // from the other places of the edition
        bool copyOnly = false;  // only one more place of the edition
    };

    Declared readDeclaration();
    std::int64_t workOfKey();
    Decision decide();
    Decision decideNewPlace();
    Decision decideNewPlaceOfWork();
    Decision adopt(const Slot& edition);
    Decision separate(std::string warning);
    std::optional<Slot> findSlot(std::int64_t workId);
    std::optional<Slot> slotOf(std::int64_t editionId);
    std::optional<Slot> findSameBytes(std::int64_t workId, bool onlyDeserted);
    std::int64_t editionCount(std::int64_t workId);
    std::string describe(const Slot& slot);

    std::int64_t createWork(bool claims);
    void claim(std::int64_t workId);
    bool mergeWork(std::int64_t workId, std::int64_t editionId, bool isNew);
    void changeSiblings(std::int64_t workId, std::int64_t editionId);
    void storeEdition(Decision decision);
    std::int64_t createEdition(std::int64_t workId);
    void updateEdition(std::int64_t editionId, std::int64_t workId);
    void writeEditionLists(std::int64_t editionId, bool isNew);
    void addVersion(std::int64_t editionId, std::uint32_t number);
    void keepNames(const model::Edition& before);
    bool refreshVersion(std::int64_t versionId);
    void writePages(std::int64_t versionId);
    void writePlace(std::int64_t editionId, bool primary);
    void takeOver(std::int64_t editionId);

    Script& _script;
    TextPacker& _packer;
    std::string_view _prefix;
    const NewDocument& _document;
    model::Metadata _metadata; // the document's, with what people decided about the edition
    std::int64_t _now;
    std::int64_t _sourceId = 0;
    Place _place;
    Declared _declared;
    Stored _stored;
};

} // namespace acervo::catalogue::detail
