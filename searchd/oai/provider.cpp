#include "searchd/oai/provider.h"

#include "corpus/cite/xml_writer.h"
#include "searchd/oai/datestamp.h"
#include "searchd/oai/resumption.h"
#include "searchd/oai/sets.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <variant>

namespace acervo::oai {
namespace {

using cite::XmlWriter;

constexpr std::string_view kNamespace = "http://www.openarchives.org/OAI/2.0/";
constexpr std::string_view kInstance = "http://www.w3.org/2001/XMLSchema-instance";

// What the protocol calls an error; the code is sent.
struct Refusal {
    std::string_view code;
    std::string text;
};

// What the protocol's schema allows in a prefix, and between colons in a setSpec: what comes back in the answer must be
// valid there.
bool isSpec(std::string_view text, bool withColons)
{
    return std::ranges::all_of(text,
                               [&](char letter) {
                                   return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                                          (letter >= '0' && letter <= '9') ||
                                          std::string_view{"-_.!~*'()"}.find(letter) != std::string_view::npos ||
                                          (withColons && letter == ':');
                               }) &&
           !text.starts_with(':') && !text.ends_with(':') && text.find("::") == std::string_view::npos;
}

struct Verb {
    std::string_view name;
    std::vector<std::string_view> required, optional;
    bool resumes = false; // takes a resumptionToken, which then stands alone
};

const std::vector<Verb>& verbs()
{
    static const std::vector<Verb> all{
        {"Identify", {}, {}, false},
        {"ListMetadataFormats", {}, {"identifier"}, false},
        {"ListSets", {}, {}, true},
        {"ListIdentifiers", {"metadataPrefix"}, {"from", "until", "set"}, true},
        {"ListRecords", {"metadataPrefix"}, {"from", "until", "set"}, true},
        {"GetRecord", {"identifier", "metadataPrefix"}, {}, false},
    };
    return all;
}

// One request on its way to one answer. Members that write give a Refusal, or nothing when they have written.
class Answering {
public:
    Answering(const Settings& settings, const access::Filter& reader, const catalogue::Catalogue& catalogue,
              const vocabulary::Vocabularies& vocabularies, const Arguments& arguments)
        : _settings(settings),
          _reader(reader),
          _catalogue(catalogue),
          _vocabularies(vocabularies),
          _arguments(arguments)
    {
    }

    Result<std::string> run(std::int64_t now)
    {
        const auto refusal = answer(now);
        if (_failure) {
            return *_failure;
        }
        XmlWriter page{cite::Declaration::yes};
        page.open("OAI-PMH",
                  {{"xmlns", std::string{kNamespace}},
                   {"xmlns:xsi", std::string{kInstance}},
                   {"xsi:schemaLocation", std::string{kNamespace} + " " + std::string{kNamespace} + "OAI-PMH.xsd"}});
        page.element("responseDate", formatDatestamp(now));
        // Arguments that are not right must not come back.
        const bool wrong = refusal && (refusal->code == "badVerb" || refusal->code == "badArgument");
        page.element("request", _settings.baseUrl, wrong ? XmlWriter::Attributes{} : asAttributes());
        if (refusal) {
            page.element("error", refusal->text, {{"code", std::string{refusal->code}}});
        } else {
            page.open(given("verb"));
            page.raw(_body.finished());
            page.close();
        }
        page.close();
        return page.finished();
    }

private:
    std::string_view given(std::string_view name) const
    {
        const auto found = std::ranges::find(_arguments, name, &Arguments::value_type::first);
        return found == _arguments.end() ? std::string_view{} : found->second;
    }

    bool isGiven(std::string_view name) const
    {
        return std::ranges::find(_arguments, name, &Arguments::value_type::first) != _arguments.end();
    }

    XmlWriter::Attributes asAttributes() const
    {
        XmlWriter::Attributes attributes;
        for (const auto& [name, value] : _arguments) {
            attributes.emplace_back(name, value);
        }
        return attributes;
    }

    std::optional<Refusal> answer(std::int64_t now)
    {
        const auto name = given("verb");
        const auto verb = std::ranges::find(verbs(), name, &Verb::name);
        if (verb == verbs().end()) {
            return Refusal{"badVerb", "verb must be one of Identify, ListMetadataFormats, ListSets, ListIdentifiers, "
                                      "ListRecords and GetRecord"};
        }
        if (auto refusal = checkArguments(*verb)) {
            return refusal;
        }
        if (name == "Identify") {
            return identify(now);
        }
        if (name == "ListMetadataFormats") {
            return listFormats();
        }
        if (name == "ListSets") {
            return listSets();
        }
        return name == "GetRecord" ? getRecord() : list(name == "ListRecords");
    }

    std::optional<Refusal> checkArguments(const Verb& verb) const
    {
        const auto isOneOf = [](const auto& names, const std::string& name) {
            return std::ranges::find(names, name) != names.end();
        };
        std::set<std::string_view> seen;
        for (const auto& [name, value] : _arguments) {
            if (!seen.insert(name).second) {
                return Refusal{"badArgument", name + " is given more than once"};
            }
            const bool known = name == "verb" || isOneOf(verb.required, name) || isOneOf(verb.optional, name) ||
                               (verb.resumes && name == "resumptionToken");
            if (!known) {
                return Refusal{"badArgument", std::string{verb.name} + " has no such argument"};
            }
            if (value.empty()) {
                return Refusal{"badArgument", name + " is empty"};
            }
            if ((name == "metadataPrefix" || name == "set") && !isSpec(value, name == "set")) {
                return Refusal{"badArgument", name + " has letters that the protocol does not know"};
            }
        }
        if (isGiven("resumptionToken")) {
            constexpr std::size_t kVerbAndToken = 2;
            return _arguments.size() == kVerbAndToken
                       ? std::nullopt
                       : std::optional{Refusal{"badArgument", "a resumptionToken stands alone"}};
        }
        for (const auto name : verb.required) {
            if (!isGiven(name)) {
                return Refusal{"badArgument", std::string{verb.name} + " needs " + std::string{name}};
            }
        }
        return std::nullopt;
    }

    // The value, or none after remembering why.
    template <class Value>
    std::optional<Value> taken(Result<Value> result)
    {
        if (!result) {
            _failure = result.error();
            return std::nullopt;
        }
        return std::move(*result);
    }

    std::optional<Refusal> identify(std::int64_t now)
    {
        const auto summary = taken(_catalogue.recordSummary(_reader));
        if (!summary) {
            return std::nullopt;
        }
        _body.element("repositoryName", _settings.repositoryName);
        _body.element("baseURL", _settings.baseUrl);
        _body.element("protocolVersion", "2.0");
        _body.element("adminEmail", _settings.adminEmail);
        _body.element("earliestDatestamp", formatDatestamp(summary->first == 0 ? now : summary->first));
        _body.element("deletedRecord", "persistent");
        _body.element("granularity", "YYYY-MM-DDThh:mm:ssZ");
        _body.open("description");
        _body.open("oai-identifier",
                   {{"xmlns", "http://www.openarchives.org/OAI/2.0/oai-identifier"},
                    {"xsi:schemaLocation", "http://www.openarchives.org/OAI/2.0/oai-identifier "
                                           "http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"}});
        _body.element("scheme", "oai");
        _body.element("repositoryIdentifier", _settings.identifierDomain);
        _body.element("delimiter", ":");
        _body.element("sampleIdentifier", identifierOf(_settings.sampleId));
        _body.close();
        _body.close();
        return std::nullopt;
    }

    std::optional<Refusal> listFormats()
    {
        if (isGiven("identifier")) {
            const auto record = findRecord();
            if (_failure) {
                return std::nullopt;
            }
            if (!record) {
                return noSuchRecord();
            }
        }
        for (const auto& format : _settings.formats) {
            _body.open("metadataFormat");
            _body.element("metadataPrefix", format.prefix);
            _body.element("schema", format.schema);
            _body.element("metadataNamespace", format.xmlNamespace);
            _body.close();
        }
        return std::nullopt;
    }

    std::optional<Refusal> listSets()
    {
        if (isGiven("resumptionToken")) {
            return Refusal{"badResumptionToken", "the list of sets is given whole"};
        }
        const auto summary = taken(_catalogue.recordSummary(_reader));
        if (!summary) {
            return std::nullopt;
        }
        if (summary->sections.empty() && summary->types.empty()) {
            return Refusal{"noSetHierarchy", "no work has a section or a type"};
        }
        for (const auto& section : summary->sections) {
            writeSet(SetKind::section, section, _vocabularies.sections);
        }
        std::set<std::string> types(summary->types.begin(), summary->types.end());
        for (const auto& type : summary->types) {
            for (const auto* wider : _vocabularies.types.ancestors(type)) {
                types.insert(wider->notation);
            }
        }
        for (const auto& type : types) {
            writeSet(SetKind::type, type, _vocabularies.types);
        }
        return std::nullopt;
    }

    void writeSet(SetKind kind, const std::string& value, const vocabulary::Scheme& scheme)
    {
        _body.open("set");
        _body.element("setSpec", setSpec(kind, value));
        _body.element("setName", scheme.label(value, "en"));
        _body.close();
    }

    const MetadataFormat* formatNamed(std::string_view prefix) const
    {
        const auto found = std::ranges::find(_settings.formats, prefix, &MetadataFormat::prefix);
        return found == _settings.formats.end() ? nullptr : &*found;
    }

    static Refusal noSuchFormat()
    {
        return {"cannotDisseminateFormat", "ListMetadataFormats names the formats there are"};
    }

    static Refusal noSuchRecord() { return {"idDoesNotExist", "there is no record with this identifier"}; }

    std::string identifierOf(const std::string& citableId) const
    {
        return "oai:" + _settings.identifierDomain + ":" + citableId;
    }

    std::optional<catalogue::WorkRecord> findRecord()
    {
        const auto typed = given("identifier");
        const auto start = identifierOf("");
        if (!typed.starts_with(start)) {
            return std::nullopt;
        }
        auto found = taken(_catalogue.workRecord(_reader, typed.substr(start.size())));
        return found ? std::move(*found) : std::nullopt;
    }

    std::optional<Refusal> getRecord()
    {
        const auto* format = formatNamed(given("metadataPrefix"));
        const auto record = findRecord();
        if (_failure) {
            return std::nullopt;
        }
        if (!record) {
            return noSuchRecord();
        }
        if (format == nullptr) {
            return noSuchFormat();
        }
        writeRecord(*record, *format);
        return std::nullopt;
    }

    std::variant<ListRequest, Refusal> readList() const
    {
        if (isGiven("resumptionToken")) {
            auto resumed = parseToken(given("resumptionToken"));
            if (!resumed || formatNamed(resumed->prefix) == nullptr ||
                (!resumed->set.empty() && !parseSet(resumed->set))) {
                return Refusal{"badResumptionToken", "this token was not given here"};
            }
            return std::move(*resumed);
        }
        ListRequest request;
        request.prefix = given("metadataPrefix");
        request.set = given("set");
        const auto from = isGiven("from") ? parseDatestamp(given("from")) : std::nullopt;
        const auto until = isGiven("until") ? parseDatestamp(given("until")) : std::nullopt;
        if ((isGiven("from") && !from) || (isGiven("until") && !until)) {
            return Refusal{"badArgument", "dates are written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ"};
        }
        if (from && until && from->granularity != until->granularity) {
            return Refusal{"badArgument", "from and until must be written in the same way"};
        }
        if (from) {
            request.from = from->seconds;
        }
        if (until) {
            request.until = until->seconds + (until->granularity == Granularity::day ? kDaySeconds - 1 : 0);
        }
        if (from && until && *request.from > *request.until) {
            return Refusal{"badArgument", "from is later than until"};
        }
        if (formatNamed(request.prefix) == nullptr) {
            return noSuchFormat();
        }
        return request;
    }

    std::optional<Refusal> list(bool withMetadata)
    {
        const auto read = readList();
        if (const auto* refusal = std::get_if<Refusal>(&read)) {
            return *refusal;
        }
        auto request = std::get<ListRequest>(read);
        const Refusal nothing{"noRecordsMatch", "no record matches"};
        catalogue::RecordRange range{request.from, request.until, {}, {}};
        if (!request.set.empty()) {
            const auto set = parseSet(request.set);
            if (!set) {
                return nothing;
            }
            (set->kind == SetKind::section ? range.sections : range.types) = valuesOf(*set, _vocabularies);
        }
        // One more tells whether the list goes on.
        auto records = taken(_catalogue.worksChanged(_reader, range, request.after, _settings.pageSize + 1));
        if (!records) {
            return std::nullopt;
        }
        if (records->empty()) {
            return nothing;
        }
        const bool goesOn = records->size() > _settings.pageSize;
        records->resize(std::min(records->size(), _settings.pageSize));
        for (const auto& record : *records) {
            if (withMetadata) {
                writeRecord(record, *formatNamed(request.prefix));
            } else {
                writeHeader(record);
            }
        }
        if (goesOn) {
            request.after = {records->back().changedAt, records->back().citableId};
            _body.element("resumptionToken", formatToken(request));
        } else if (isGiven("resumptionToken")) {
            _body.element("resumptionToken", ""); // the end of a list that came in parts
        }
        return std::nullopt;
    }

    void writeHeader(const catalogue::WorkRecord& record)
    {
        _body.open("header", record.deleted ? XmlWriter::Attributes{{"status", "deleted"}} : XmlWriter::Attributes{});
        _body.element("identifier", identifierOf(record.citableId));
        _body.element("datestamp", formatDatestamp(record.changedAt));
        for (const auto& spec : setsOf(record.section, record.type, _vocabularies)) {
            _body.element("setSpec", spec);
        }
        _body.close();
    }

    void writeRecord(const catalogue::WorkRecord& record, const MetadataFormat& format)
    {
        _body.open("record");
        writeHeader(record);
        if (!record.deleted) {
            _body.open("metadata");
            _body.raw(format.write(record));
            _body.close();
        }
        _body.close();
    }

    const Settings& _settings;
    const access::Filter& _reader;
    const catalogue::Catalogue& _catalogue;
    const vocabulary::Vocabularies& _vocabularies;
    const Arguments& _arguments;
    XmlWriter _body{cite::Declaration::no};
    std::optional<Error> _failure;
};

} // namespace

Result<std::string> Provider::answer(const Arguments& arguments, std::int64_t now) const
{
    return Answering{_settings, _reader, _catalogue, _vocabularies, arguments}.run(now);
}

} // namespace acervo::oai
