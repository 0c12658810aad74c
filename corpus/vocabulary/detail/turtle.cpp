#include "corpus/vocabulary/detail/turtle.h"

#include <serd/serd.h>

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace acervo::vocabulary {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20U;
constexpr std::size_t kMaxMessageBytes = 512;

struct EnvFree {
    void operator()(SerdEnv* env) const { serd_env_free(env); }
};
using Env = std::unique_ptr<SerdEnv, EnvFree>;

struct ReaderFree {
    void operator()(SerdReader* reader) const { serd_reader_free(reader); }
};
using Reader = std::unique_ptr<SerdReader, ReaderFree>;

// A node serd allocated; its text is ours to free.
class OwnedNode {
public:
    explicit OwnedNode(SerdNode node) : _node(node) {}
    OwnedNode(const OwnedNode&) = delete;
    OwnedNode& operator=(const OwnedNode&) = delete;
    OwnedNode(OwnedNode&&) = delete;
    OwnedNode& operator=(OwnedNode&&) = delete;
    ~OwnedNode() { serd_node_free(&_node); }

    bool empty() const { return _node.buf == nullptr; }
    std::string text() const { return {reinterpret_cast<const char*>(_node.buf), _node.n_bytes}; }

private:
    SerdNode _node;
};

// What serd's callbacks share while one file is read.
struct Parse {
    std::string file;
    std::string bytes;
    std::size_t at = 0;     // bytes handed to serd
    std::uint32_t line = 1; // of the last byte handed over
    Env env;
    std::vector<Statement> statements;
    std::optional<Error> error; // the first one
};

void fail(Parse& parse, std::uint32_t line, std::string_view message)
{
    if (!parse.error) {
        parse.error =
            Error{ErrorCode::corruptInput, parse.file + ":" + std::to_string(line) + ": " + std::string(message)};
    }
}

std::string textOf(const SerdNode* node)
{
    return {reinterpret_cast<const char*>(node->buf), node->n_bytes};
}

std::optional<std::string> expanded(Parse& parse, const SerdNode* node)
{
    if (node->type != SERD_URI && node->type != SERD_CURIE) {
        return textOf(node);
    }
    const OwnedNode full(serd_env_expand_node(parse.env.get(), node));
    if (full.empty()) {
        fail(parse, parse.line, "prefix of \"" + textOf(node) + "\" is not declared");
        return std::nullopt;
    }
    return full.text();
}

SerdStatus onBase(void* handle, const SerdNode* uri)
{
    return serd_env_set_base_uri(static_cast<Parse*>(handle)->env.get(), uri);
}

SerdStatus onPrefix(void* handle, const SerdNode* name, const SerdNode* uri)
{
    return serd_env_set_prefix(static_cast<Parse*>(handle)->env.get(), name, uri);
}

SerdStatus onStatement(void* handle, SerdStatementFlags /*flags*/, const SerdNode* /*graph*/, const SerdNode* subject,
                       const SerdNode* predicate, const SerdNode* object, const SerdNode* /*datatype*/,
                       const SerdNode* language)
{
    auto& parse = *static_cast<Parse*>(handle);
    auto subjectText = expanded(parse, subject);
    auto predicateText = expanded(parse, predicate);
    auto objectText = expanded(parse, object);
    if (!subjectText || !predicateText || !objectText) {
        return SERD_ERR_BAD_CURIE;
    }
    parse.statements.push_back({std::move(*subjectText), std::move(*predicateText), std::move(*objectText),
                                language == nullptr ? std::string() : textOf(language), object->type == SERD_LITERAL,
                                parse.line});
    return SERD_SUCCESS;
}

SerdStatus onError(void* handle, const SerdError* error)
{
    std::array<char, kMaxMessageBytes> buffer{};
    // NOLINTNEXTLINE(clang-analyzer-valist.Uninitialized): the list is serd's, begun before it calls us
    std::vsnprintf(buffer.data(), buffer.size(), error->fmt, *error->args);
    std::string_view message(buffer.data());
    while (!message.empty() && message.back() == '\n') {
        message.remove_suffix(1);
    }
    fail(*static_cast<Parse*>(handle), error->line, message);
    return SERD_SUCCESS;
}

// Called for one byte at a time, so that a callback knows the line it stands on; serd tells lines only with errors.
std::size_t readByte(void* buffer, std::size_t /*size*/, std::size_t /*count*/, void* stream)
{
    auto& parse = *static_cast<Parse*>(stream);
    if (parse.at == parse.bytes.size()) {
        return 0;
    }
    if (parse.at > 0 && parse.bytes[parse.at - 1] == '\n') {
        ++parse.line;
    }
    *static_cast<char*>(buffer) = parse.bytes[parse.at++];
    return 1;
}

int hasError(void* /*stream*/)
{
    return 0; // all bytes are in memory
}

Result<std::string> readBytes(const std::filesystem::path& file)
{
    const auto doing = "read " + file.string();
    std::error_code status;
    if (std::filesystem::is_directory(file, status)) {
        return errorFromErrno(EISDIR, doing);
    }
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        return errorFromErrno(errno, doing);
    }
    std::string bytes(kMaxFileBytes + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (in.bad()) {
        return errorFromErrno(EIO, doing);
    }
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kMaxFileBytes) {
        return Error{ErrorCode::resourceLimit, file.string() + ": longer than 16 MiB"};
    }
    return bytes;
}

} // namespace

Result<std::vector<Statement>> readTurtle(const std::filesystem::path& file)
{
    auto bytes = readBytes(file);
    if (!bytes) {
        return bytes.error();
    }
    Parse parse;
    parse.file = file.string();
    parse.bytes = std::move(*bytes);
    parse.env.reset(serd_env_new(nullptr));
    const Reader reader(serd_reader_new(SERD_TURTLE, &parse, nullptr, onBase, onPrefix, onStatement, nullptr));
    serd_reader_set_strict(reader.get(), true);
    serd_reader_set_error_sink(reader.get(), onError, &parse);
    const auto status = serd_reader_read_source(reader.get(), readByte, hasError, &parse,
                                                reinterpret_cast<const std::uint8_t*>(parse.file.c_str()), 1);
    if (status > SERD_FAILURE) { // SERD_FAILURE alone says that there was nothing to read
        fail(parse, parse.line, reinterpret_cast<const char*>(serd_strerror(status)));
    }
    if (parse.error) {
        return *parse.error;
    }
    return std::move(parse.statements);
}

} // namespace acervo::vocabulary
