// Every call into Xapian goes through guarded(): Xapian::Error is not a std::exception and must not travel.
#pragma once

#include "analyzers/base/result.h"

#include <xapian.h>

#include <string_view>
#include <type_traits>

namespace acervo::index {

// Maps what Xapian 1.4 throws to our codes; a lock held elsewhere is `busy`, a database changed underneath `conflict`.
Error errorFromXapian(const Xapian::Error& error, std::string_view doing);

// Runs `work` and returns its result; `work` may return a value, nothing, or a Result.
template <class Work>
auto guarded(std::string_view doing, Work&& work)
{
    using Value = std::invoke_result_t<Work>;
    if constexpr (std::is_void_v<Value>) {
        try {
            work();
            return Result<void>{};
        } catch (const Xapian::Error& error) {
            return Result<void>{errorFromXapian(error, doing)};
        }
    } else if constexpr (requires(Value value) {
                             value.has_value();
                             value.error();
                         }) {
        try {
            return work();
        } catch (const Xapian::Error& error) {
            return Value{errorFromXapian(error, doing)};
        }
    } else {
        try {
            return Result<Value>{work()};
        } catch (const Xapian::Error& error) {
            return Result<Value>{errorFromXapian(error, doing)};
        }
    }
}

} // namespace acervo::index
