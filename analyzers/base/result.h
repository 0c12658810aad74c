// A value or an Error: std::expected<T, Error> until GCC 12 is behind us (C++23), with the standard's member names.
#pragma once

#include "analyzers/base/error.h"

#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <variant>

namespace acervo {

// Reading value() of an error, or error() of a value, is a bug and throws std::logic_error.
template <class T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : _state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : _state(std::in_place_index<1>, std::move(error)) {}
    template <class U>
    requires(std::is_constructible_v<T, U&&> && !std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error> && !std::is_same_v<std::remove_cvref_t<U>, T> &&
             std::is_convertible_v<U&&, T>) Result(U&& value)
        : _state(std::in_place_index<0>, std::forward<U>(value))
    {
    }

    bool has_value() const { return _state.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return checked(); }
    const T& value() const& { return const_cast<Result*>(this)->checked(); }
    T&& value() && { return std::move(checked()); }
    T& operator*() & { return checked(); }
    const T& operator*() const& { return const_cast<Result*>(this)->checked(); }
    T&& operator*() && { return std::move(checked()); }
    T* operator->() { return &checked(); }
    const T* operator->() const { return &const_cast<Result*>(this)->checked(); }

    template <class U>
    T value_or(U&& fallback) const&
    {
        return has_value() ? std::get<0>(_state) : static_cast<T>(std::forward<U>(fallback));
    }

    const Error& error() const
    {
        if (has_value()) {
            throw std::logic_error("Result::error() of a value");
        }
        return std::get<1>(_state);
    }

private:
    T& checked()
    {
        if (!has_value()) {
            throw std::logic_error("Result::value() of an error: " + std::get<1>(_state).message);
        }
        return std::get<0>(_state);
    }

    std::variant<T, Error> _state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : _error(std::move(error)) {}

    bool has_value() const { return !_error; }
    explicit operator bool() const { return has_value(); }

    const Error& error() const
    {
        if (!_error) {
            throw std::logic_error("Result::error() of a value");
        }
        return *_error;
    }

private:
    std::optional<Error> _error;
};

} // namespace acervo
