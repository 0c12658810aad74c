#include "zip_builder.h"

#include <zip.h>

#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace acervo::extract::test {

std::string zipOf(const Parts& parts)
{
    zip_error_t problem;
    zip_error_init(&problem);
    auto* target = zip_source_buffer_create(nullptr, 0, 0, &problem);
    zip_source_keep(target);
    auto* archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &problem);
    if (archive == nullptr) {
        throw std::runtime_error("cannot make a zip archive");
    }
    for (const auto& [name, content] : parts) {
        auto* source = zip_source_buffer(archive, content.data(), content.size(), 0);
        zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    }
    if (zip_close(archive) != 0) {
        throw std::runtime_error("cannot write a zip archive");
    }
    std::string bytes;
    zip_source_open(target);
    char buffer[4096];
    for (auto count = zip_source_read(target, buffer, sizeof buffer); count > 0;
         count = zip_source_read(target, buffer, sizeof buffer)) {
        bytes.append(buffer, static_cast<std::size_t>(count));
    }
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

} // namespace acervo::extract::test
