#include "searchd/http/assets.h"

#include <Poco/DigestEngine.h>
#include <Poco/SHA1Engine.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace acervo::http {

namespace {

constexpr std::size_t kMaxAssetBytes = 4U << 20U;
constexpr std::size_t kHashLetters = 16;

std::string_view contentTypeOf(const std::string& extension)
{
    if (extension == ".css") {
        return "text/css; charset=utf-8";
    }
    if (extension == ".js") {
        return "text/javascript; charset=utf-8";
    }
    if (extension == ".svg") {
        return "image/svg+xml";
    }
    return "application/octet-stream";
}

} // namespace

Result<Assets> Assets::load(const std::filesystem::path& folder)
{
    Assets assets;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator{folder, failed}) {
        if (!entry.is_regular_file()) {
            continue;
        }
        std::ifstream in{entry.path(), std::ios::binary};
        Asset asset;
        asset.bytes.assign(std::istreambuf_iterator<char>{in}, {});
        if (asset.bytes.size() > kMaxAssetBytes) {
            return Error{ErrorCode::resourceLimit, entry.path().string() + " is too large for an asset"};
        }
        Poco::SHA1Engine hash; // names content, guards nothing
        hash.update(asset.bytes);
        const auto hex = Poco::DigestEngine::digestToHex(hash.digest()).substr(0, kHashLetters);
        asset.contentType = contentTypeOf(entry.path().extension());
        asset.etag = '"' + hex + '"';
        const auto hashedName = entry.path().stem().string() + "." + hex + entry.path().extension().string();
        assets._urls.emplace(entry.path().filename().string(), "/assets/" + hashedName);
        assets._byHashedName.emplace(hashedName, std::move(asset));
    }
    if (failed || assets._urls.empty()) {
        return Error{ErrorCode::notFound, "no assets in " + folder.string()};
    }
    return assets;
}

const std::string& Assets::url(std::string_view name) const
{
    const auto found = _urls.find(name);
    if (found == _urls.end()) {
        throw std::logic_error("no asset " + std::string{name});
    }
    return found->second;
}

const Asset* Assets::find(std::string_view hashedName) const
{
    const auto found = _byHashedName.find(hashedName);
    return found == _byHashedName.end() ? nullptr : &found->second;
}

} // namespace acervo::http
