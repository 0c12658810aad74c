// The part of Catalogue that takes documents, and what happens to their places.
#include "corpus/catalogue/catalogue.h"

#include "corpus/catalogue/detail/read.h"
#include "corpus/catalogue/detail/state.h"
#include "corpus/catalogue/detail/store.h"

namespace acervo::catalogue {
namespace {

using detail::Script;

Result<void> refuseIncomplete(const Location& location)
{
    if (location.source.empty() || location.uri.empty()) {
        return Error{ErrorCode::invalidArgument, "a location needs a source and a uri"};
    }
    return {};
}

Result<void> refuseIncomplete(const NewDocument& document)
{
    if (auto location = refuseIncomplete(document.location); !location) {
        return location;
    }
    if (document.location.sha256.empty() || document.audience.empty()) {
        return Error{ErrorCode::invalidArgument,
                     document.location.uri + ": a document needs the hash of its bytes and an audience"};
    }
    std::uint32_t last = 0;
    for (const auto& page : document.pages) {
        if (page.number <= last) {
            return Error{ErrorCode::invalidArgument, document.location.uri + ": page numbers must ascend from 1"};
        }
        last = page.number;
    }
    return {};
}

} // namespace

Result<Stored> Catalogue::store(const NewDocument& document)
{
    if (const auto complete = refuseIncomplete(document); !complete) {
        return complete.error();
    }
    auto stored = _state->write([&](Script& script) {
        return detail::Storing{script, _state->packer, _state->rules.prefix, document, detail::now()}.run();
    });
    return stored ? stored : Result<Stored>{stored.error().within("store " + document.location.uri)};
}

Result<void> Catalogue::noteFailure(const Location& location)
{
    if (auto complete = refuseIncomplete(location); !complete) {
        return complete;
    }
    const auto outcome = location.outcome == Outcome::quarantined ? Outcome::quarantined : Outcome::failed;
    const auto done = _state->write([&](Script& script) {
        const auto sourceId = detail::ensureSource(script, location.source);
        script.run(
            "INSERT INTO location (source_id, uri, byte_size, modified_at, sha256, inputs_hash, outcome, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, uri) DO UPDATE SET "
            "byte_size = excluded.byte_size, modified_at = excluded.modified_at, sha256 = excluded.sha256, "
            "inputs_hash = excluded.inputs_hash, outcome = excluded.outcome, reason = excluded.reason, "
            "warnings = '', missed_passes = 0",
            sourceId, location.uri, location.byteSize, location.modifiedAt, location.sha256, location.inputsHash,
            nameOf(outcome), location.reason);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

namespace {

// The known place of a location; fails the script when there is none.
detail::Place requirePlace(Script& script, std::string_view source, std::string_view uri)
{
    const auto sourceId = script.number("SELECT id FROM source WHERE name = ?", source).value_or(0);
    const auto place = detail::findPlace(script, sourceId, uri);
    if (place.id == 0) {
        script.fail(
            {ErrorCode::notFound, "the catalogue knows no " + std::string{uri} + " in source " + std::string{source}});
    }
    return place;
}

void seeAgain(Script& script, const detail::Place& place)
{
    script.run("UPDATE location SET missed_passes = 0 WHERE id = ? AND missed_passes <> 0", place.id);
    if (place.withdrawn) {
        script.run("UPDATE location SET outcome = ?, reason = '' WHERE id = ?",
                   nameOf(place.editionId == 0 ? Outcome::failed : Outcome::indexed), place.id);
        detail::revive(script, place.editionId);
    }
}

} // namespace

Result<void> Catalogue::noteUnchanged(std::string_view source, std::string_view uri)
{
    const auto done = _state->write([&](Script& script) {
        seeAgain(script, requirePlace(script, source, uri));
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<void> Catalogue::noteUnchanged(const Location& location)
{
    const auto done = _state->write([&](Script& script) {
        const auto place = requirePlace(script, location.source, location.uri);
        seeAgain(script, place);
        script.run("UPDATE location SET byte_size = ?, modified_at = ?, inputs_hash = ? WHERE id = ?",
                   location.byteSize, location.modifiedAt, location.inputsHash, place.id);
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

Result<std::uint32_t> Catalogue::noteMissing(std::string_view source, std::string_view uri)
{
    return _state->write([&](Script& script) {
        const auto place = requirePlace(script, source, uri);
        return static_cast<std::uint32_t>(
            script
                .number("UPDATE location SET missed_passes = missed_passes + 1 WHERE id = ? RETURNING missed_passes",
                        place.id)
                .value_or(0));
    });
}

Result<void> Catalogue::withdraw(std::string_view source, std::string_view uri, std::string_view reason)
{
    const auto done = _state->write([&](Script& script) {
        const auto place = requirePlace(script, source, uri);
        if (script.ok() && !place.withdrawn) {
            detail::leavePlace(script, place, reason, detail::now());
        }
        return true;
    });
    return done ? Result<void>{} : Result<void>{done.error()};
}

} // namespace acervo::catalogue
