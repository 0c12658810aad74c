// The tables of the catalogue and the steps from one version of them to the next.
#pragma once

#include "corpus/catalogue/detail/sqlite.h"

#include <cstdint>
#include <span>

namespace acervo::catalogue::detail {

// PRAGMA application_id of our files: "Acrv" in ASCII.
constexpr std::int64_t kApplicationId = 0x41637276;

// Step n (from 1) brings a file from version n-1 to n; version 0 is an empty file. Released steps are never edited.
struct Migration {
    const char* sql;
};

std::span<const Migration> migrations();

// Brings the file up to the last of `steps`, each step in a transaction of its own.
// errors  conflict when the file is newer than `steps` or not ours.
Result<void> migrate(Connection& connection, std::span<const Migration> steps);

// Refuses another program's file and a newer schema, without changing anything.
// errors  conflict
Result<void> requireOurs(Connection& connection, std::span<const Migration> steps);

// Refuses what migrate() would have to change.
// errors  conflict as above or when the file is older; notFound when it is empty.
Result<void> requireCurrent(Connection& connection, std::span<const Migration> steps);

} // namespace acervo::catalogue::detail
