// The first half of Storing: which work, which edition. See Catalogue::store() for the rules.
#include "corpus/catalogue/detail/store.h"
#include "corpus/identifier/citable_id.h"

namespace acervo::catalogue::detail {

std::int64_t Storing::workOfKey()
{
    if (_document.metadata.workKey.empty()) {
        return 0;
    }
    return _script
        .number("SELECT work_id FROM work_key WHERE source_id = ? AND key = ?", _sourceId, _document.metadata.workKey)
        .value_or(0);
}

Storing::Declared Storing::readDeclaration()
{
    Declared declared;
    const auto& metadata = _document.metadata;
    const auto keyWork = workOfKey();
    declared.workId = keyWork;
    declared.claimsKey = !metadata.workKey.empty() && keyWork == 0;
    if (metadata.assignedId.empty()) {
        return declared;
    }
    const auto id = identifier::parse(metadata.assignedId, _prefix);
    if (!id) {
        _stored.warnings.push_back("the assigned ID \"" + metadata.assignedId + "\" is ignored: " + id.error().message);
        return declared;
    }
    declared.id = *id;
    if (const auto idWork = findWork(_script, *id); idWork != 0) {
        if (keyWork != 0 && keyWork != idWork) {
            _stored.warnings.push_back("the ID " + *id + " and the work key \"" + metadata.workKey +
                                       "\" belong to two works; the ID decides");
        }
        declared.workId = idWork;
        return declared;
    }
    declared.claimsId = true;
    if (keyWork != 0 && _script.number("SELECT id_assigned FROM work WHERE id = ?", keyWork).value_or(0) != 0 &&
        !_place.editionId) {
        _stored.warnings.push_back("the work key \"" + metadata.workKey +
                                   "\" belongs to a work with another assigned ID; " + *id + " is a work of its own");
        declared.workId = 0;
    }
    return declared;
}

std::optional<Storing::Slot> Storing::slotOf(std::int64_t editionId)
{
    std::optional<Slot> found;
    _script.each(
        "SELECT e.work_id, e.language, e.audience, f.sha256, e.work_key, e.state, "
        "(SELECT count(*) FROM location l WHERE l.edition_id = e.id AND l.outcome <> 'withdrawn' "
        "AND l.missed_passes = 0 AND l.id <> ?), "
        "e.placed OR EXISTS (SELECT 1 FROM withdrawal w WHERE w.work_id = e.work_id) "
        "FROM edition e JOIN version v ON v.edition_id = e.id AND v.number = e.version_number "
        "JOIN file f ON f.id = v.file_id WHERE e.id = ?",
        [&](const Row& row) {
            auto& slot = found.emplace();
            slot.editionId = editionId;
            slot.workId = row.integer(0);
            slot.language = row.text(1);
            slot.audience = row.text(2);
            slot.sha256 = row.text(3);
            slot.workKey = row.text(4);
            slot.withdrawn = row.integer(5) != 0;
            slot.livePlaces = row.integer(6);
            slot.placed = row.integer(7) != 0;
            return false;
        },
        _place.id, editionId);
    return found;
}

std::optional<Storing::Slot> Storing::findSlot(std::int64_t workId)
{
    const auto editionId = _script.number("SELECT id FROM edition WHERE work_id = ? AND language = ? AND audience = ?",
                                          workId, _document.metadata.language, _document.audience);
    return editionId ? slotOf(*editionId) : std::nullopt;
}

// An edition whose current bytes are these. Without a work: a deserted one first, else one that a copy may join.
std::optional<Storing::Slot> Storing::findSameBytes(std::int64_t workId, bool onlyDeserted)
{
    std::vector<std::int64_t> candidates;
    _script.each(
        "SELECT e.id, e.work_id FROM file f JOIN version v ON v.file_id = f.id "
        "JOIN edition e ON e.id = v.edition_id AND e.version_number = v.number WHERE f.sha256 = ? ORDER BY e.id",
        [&](const Row& row) {
            if (workId == 0 || row.integer(1) == workId) {
                candidates.push_back(row.integer(0));
            }
            constexpr std::size_t kMaxCandidates = 100;
            return candidates.size() < kMaxCandidates;
        },
        _document.location.sha256);
    std::optional<Slot> copied;
    for (const auto candidate : candidates) {
        auto slot = slotOf(candidate);
        if (!slot) {
            continue;
        }
        if (slot->livePlaces == 0) {
            return slot;
        }
        if (!copied && slot->audience == _document.audience && slot->language == _document.metadata.language) {
            copied = slot;
        }
    }
    return onlyDeserted ? std::nullopt : copied;
}

std::int64_t Storing::editionCount(std::int64_t workId)
{
    return _script.number("SELECT count(*) FROM edition WHERE work_id = ?", workId).value_or(0);
}

std::string Storing::describe(const Slot& slot)
{
    std::string place;
    _script.each(
        "SELECT w.citable_id, coalesce(s.name, ''), coalesce(l.uri, '') FROM edition e "
        "JOIN work w ON w.id = e.work_id LEFT JOIN location l ON l.edition_id = e.id AND l.is_primary = 1 "
        "LEFT JOIN source s ON s.id = l.source_id WHERE e.id = ?",
        [&](const Row& row) {
            place = row.text(2) + " (source " + row.text(1) + ", " + row.text(0) + ")";
            return false;
        },
        slot.editionId);
    return place;
}

Storing::Decision Storing::separate(std::string warning)
{
    _stored.warnings.push_back(std::move(warning));
    return {};
}

Storing::Decision Storing::decide()
{
    if (_place.editionId != 0) {
        if (const auto here = slotOf(_place.editionId)) {
            if (_place.primary) {
                return adopt(*here);
            }
            if (here->sha256 == _document.location.sha256) {
                if (here->livePlaces == 0) {
                    return adopt(*here); // the last copy left speaks for the edition
                }
                Decision copy;
                copy.workId = here->workId;
                copy.editionId = here->editionId;
                copy.copyOnly = true;
                return copy;
            }
            if (!_place.withdrawn) {
                _stored.warnings.push_back("was a copy of " + describe(*here) +
                                           " and is no longer: treated as a document of its own");
            }
        }
    }
    return decideNewPlace();
}

// The edition keeps its identity. Its work may learn its ID or key now, or give the edition to the work declared.
Storing::Decision Storing::adopt(const Slot& edition)
{
    Decision decision;
    decision.editionId = edition.editionId;
    decision.workId = edition.workId;
    decision.takesOver = !_place.primary;
    if (_document.workKeyGuessed && !_declared.claimsId && _document.metadata.assignedId.empty()) {
        // A name that looks like another work's, after a move or a lost sidecar, must not change an ID.
        decision.claims = _declared.claimsKey && editionCount(edition.workId) == 1;
        decision.formerWorkId = 0;
        return decision;
    }
    if (edition.placed) {
        // A person has decided.
    } else if (_declared.workId == 0 && _declared.anything()) {
        const bool assigned =
            _script.number("SELECT id_assigned FROM work WHERE id = ?", edition.workId).value_or(0) != 0;
        const bool sameKey = _document.metadata.workKey == edition.workKey;
        if (editionCount(edition.workId) == 1 || (_declared.claimsId && !assigned && sameKey)) {
            decision.claims = true;
        } else {
            decision.workId = 0;
            decision.claims = true;
        }
    } else if (_declared.workId != 0) {
        decision.workId = _declared.workId;
        decision.claims = true;
    }
    if (decision.workId != 0) {
        const auto other = findSlot(decision.workId);
        if (other && other->editionId != edition.editionId) {
            _stored.warnings.push_back("its work already has this language in " + describe(*other) +
                                       ": treated as a work of its own");
            const auto own = findSlot(edition.workId);
            const bool stays = decision.workId != edition.workId && (!own || own->editionId == edition.editionId);
            decision.workId = stays ? edition.workId : 0;
            decision.claims = false;
        }
    }
    decision.formerWorkId = decision.workId == edition.workId ? 0 : edition.workId;
    return decision;
}

Storing::Decision Storing::decideNewPlace()
{
    if (const auto moved = findSameBytes(0, true); moved && moved->placed) {
        return adopt(*moved);
    }
    if (_document.workKeyGuessed && _document.metadata.assignedId.empty()) {
        if (const auto moved = findSameBytes(0, true)) {
            return adopt(*moved);
        }
    }
    if (_declared.workId != 0) {
        return decideNewPlaceOfWork();
    }
    if (const auto same = findSameBytes(0, _declared.anything())) {
        if (same->livePlaces == 0) {
            return adopt(*same);
        }
        _stored.warnings.push_back("same bytes as " + describe(*same) + ": kept as a copy of it");
        Decision copy;
        copy.workId = same->workId;
        copy.editionId = same->editionId;
        copy.copyOnly = true;
        return copy;
    }
    Decision fresh;
    fresh.claims = true;
    return fresh;
}

Storing::Decision Storing::decideNewPlaceOfWork()
{
    Decision decision;
    decision.workId = _declared.workId;
    decision.claims = true;
    const auto slot = findSlot(_declared.workId);
    if (!slot) {
        // The same file under another audience or language, its old place gone: still the same edition.
        if (const auto moved = findSameBytes(_declared.workId, true)) {
            decision.editionId = moved->editionId;
            decision.takesOver = true;
        }
        return decision;
    }
    decision.editionId = slot->editionId;
    if (slot->livePlaces == 0) {
        decision.takesOver = true;
        return decision;
    }
    if (slot->sha256 == _document.location.sha256) {
        _stored.warnings.push_back("same bytes as " + describe(*slot) + ": kept as a copy of it");
        decision.copyOnly = true;
        return decision;
    }
    return separate("claims the work and language of " + describe(*slot) +
                    ", which still exists: treated as a work of its own");
}

} // namespace acervo::catalogue::detail
