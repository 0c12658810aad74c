// Owns a file descriptor and closes it.
#pragma once

#include <unistd.h>

#include <utility>

namespace acervo {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : _number(number) {} // -1 owns nothing
    Descriptor(Descriptor&& other) noexcept : _number(std::exchange(other._number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        if (this != &other) {
            reset();
            _number = std::exchange(other._number, -1);
        }
        return *this;
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { reset(); }

    int number() const { return _number; }
    explicit operator bool() const { return _number >= 0; }

    void reset()
    {
        if (_number >= 0) {
            ::close(_number);
            _number = -1;
        }
    }

private:
    int _number = -1;
};

} // namespace acervo
