// A worker that does to its pool what the file's name says; the rest of it is the real worker.
#include "indexer/worker/detail/serve.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using acervo::Error;
using acervo::ErrorCode;
using acervo::Result;
using acervo::extract::ExtractedDocument;
using acervo::extract::Limits;

constexpr int kSocket = STDIN_FILENO;

void writeToPool(const std::string& bytes)
{
    for (std::size_t sent = 0; sent < bytes.size();) {
        const auto step = ::write(kSocket, bytes.data() + sent, bytes.size() - sent);
        if (step <= 0) {
            std::_Exit(1);
        }
        sent += static_cast<std::size_t>(step);
    }
}

ExtractedDocument saying(std::string text)
{
    ExtractedDocument document;
    document.mediaType = "text/plain";
    document.pages.emplace_back();
    document.pages.back().number = 1;
    document.pages.back().text = std::move(text);
    return document;
}

Result<ExtractedDocument> misbehave(std::string_view bytes, const std::string& name, const Limits& limits)
{
    if (name == "crash") {
        std::raise(SIGSEGV);
    } else if (name == "abort") {
        std::raise(SIGABRT);
    } else if (name == "exit") {
        std::_Exit(3);
    } else if (name == "sleep") {
        ::sleep(600);
    } else if (name == "spin") {
        for (std::atomic<unsigned> i = 0;; ++i) {
        }
    } else if (name == "eat") {
        std::vector<std::string> eaten;
        while (true) {
            eaten.emplace_back(16U << 20, 'x');
        }
    } else if (name == "throw") {
        throw std::runtime_error{"thrown on purpose"};
    } else if (name == "babble") {
        writeToPool(std::string("\x05\0\0\0\0\0\0\0hello", 13));
        ::sleep(600);
    } else if (name == "endless") {
        writeToPool(std::string(8, '\xff'));
        ::sleep(600);
    } else if (name == "halfway") {
        writeToPool(std::string("\xff\0\0\0\0\0\0\0half", 12));
        std::_Exit(0);
    } else if (name == "fatten") {
        return saying(std::string(8U << 20, 'x'));
    } else if (name == "twice") {
        writeToPool(std::string("\x05\0\0\0\0\0\0\0hello", 13));
    } else if (name == "write") {
        // No file may be written: the limit on file size is zero, and SIGXFSZ is its signal.
        const int file = ::dup(::fileno(::tmpfile()));
        return saying(file >= 0 && ::write(file, "x", 1) == 1 ? "written" : "refused");
    } else if (name == "process") {
        return saying(std::to_string(::getpid()));
    } else if (name == "descriptors") {
        std::string open;
        for (int number = 0; number < 64; ++number) {
            if (::lseek(number, 0, SEEK_CUR) != -1 || errno != EBADF) {
                open += std::to_string(number) + ' ';
            }
        }
        return saying(open);
    } else if (name == "limits") {
        return saying(std::to_string(limits.maxPages));
    } else if (name == "refuse") {
        return Error{ErrorCode::encrypted, "needs a password"};
    } else if (name == "invalid") {
        return saying("a\xff"
                      "b");
    }
    return saying(std::string{bytes});
}

} // namespace

int main(int argc, char** argv)
{
    return acervo::worker::detail::serve(argc, argv, &misbehave);
}
