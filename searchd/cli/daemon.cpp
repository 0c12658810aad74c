// acervo-searchd: answers searches over HTTP until it is told to stop.
#include "corpus/config/config.h"
#include "searchd/http/server.h"

#include <Poco/Util/HelpFormatter.h>
#include <Poco/Util/IntValidator.h>
#include <Poco/Util/Option.h>
#include <Poco/Util/OptionCallback.h>
#include <Poco/Util/ServerApplication.h>

#include <pthread.h>
#include <signal.h>

#include <iostream>

namespace acervo {

namespace {

// Blocked in every thread and taken one by one in run().
sigset_t awaitedSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    return signals;
}

int refuse(const Error& error)
{
    std::cerr << "acervo-searchd: " << error.message << std::endl;
    return Poco::Util::Application::EXIT_USAGE;
}

class Daemon : public Poco::Util::ServerApplication {
public:
    Daemon() { setUnixOptions(true); }

private:
    static constexpr int kFailed = 1;

    void defineOptions(Poco::Util::OptionSet& options) override
    {
        ServerApplication::defineOptions(options);
        using Poco::Util::Option;
        using Poco::Util::OptionCallback;
        options.addOption(Option{"config", "c", "the configuration file"}.argument("FILE").callback(
            OptionCallback<Daemon>{this, &Daemon::takeOption}));
        options.addOption(Option{"port", "p", "listen on this port, whatever the configuration says; 0: any free one"}
                              .argument("N")
                              .validator(new Poco::Util::IntValidator{0, 65535}) // Poco owns it
                              .callback(OptionCallback<Daemon>{this, &Daemon::takeOption}));
        options.addOption(Option{"routes", "", "print the addresses this daemon answers, and stop"}.callback(
            OptionCallback<Daemon>{this, &Daemon::takeOption}));
        options.addOption(Option{"help", "h", "print this help, and stop"}.callback(
            OptionCallback<Daemon>{this, &Daemon::takeOption}));
    }

    void takeOption(const std::string& name, const std::string& value)
    {
        if (name == "config") {
            _configFile = value;
        } else if (name == "port") {
            _port = std::stoi(value);
        } else {
            _printOnly = name;
            stopOptionsProcessing();
        }
    }

    int main(const std::vector<std::string>& arguments) override
    {
        if (_printOnly == "help") {
            Poco::Util::HelpFormatter help{options()};
            help.setUnixStyle(true);
            help.setCommand("acervo-searchd");
            help.setUsage("--config FILE [--port N]");
            help.setHeader("Answers searches over HTTP: pages for people, JSON under /api/v1.\n"
                           "SIGTERM or SIGINT ends it when the requests in flight are answered; SIGHUP reopens the "
                           "access log.");
            help.format(std::cout);
            return EXIT_OK;
        }
        if (_printOnly == "routes") {
            for (const auto& routes : {http::apiRoutes(), http::pageRoutes(), http::machineRoutes()}) {
                for (const auto& route : routes) {
                    std::cout << route.pattern << '\n';
                }
            }
            return EXIT_OK;
        }
        if (_configFile.empty() || !arguments.empty()) {
            return refuse({ErrorCode::invalidArgument, "usage: acervo-searchd --config FILE [--port N]"});
        }
        auto config = config::load(_configFile, config::sharedFolder());
        if (!config) {
            return refuse(config.error());
        }
        if (_port >= 0) {
            config->search.port = static_cast<std::uint16_t>(_port);
        }
        if (auto served = serve(*config); !served) {
            std::cerr << "acervo-searchd: " << served.error().message << std::endl;
            return kFailed;
        }
        return EXIT_OK;
    }

    static Result<void> serve(const config::Config& config)
    {
        const auto vocabularies = vocabulary::load(config.vocabulary);
        if (!vocabularies) {
            return vocabularies.error();
        }
        const auto messages = http::Messages::load(config.webUi / "i18n");
        if (!messages) {
            return messages.error();
        }
        const auto templates = http::Templates::load(config.webUi / "templates", *messages);
        if (!templates) {
            return templates.error();
        }
        const auto assets = http::Assets::load(config.webUi / "assets");
        if (!assets) {
            return assets.error();
        }
        http::ReaderPool readers{http::engineOptions(config), access::Filter::publicOnly(), *vocabularies};
        if (auto first = readers.borrow(); !first) {
            return first.error();
        }
        http::AccessLog log{config.search.accessLog};
        if (auto opened = log.reopen(); !opened) {
            return opened.error();
        }
        http::BulkFile bulk;
        const http::Services services{config, *vocabularies, *messages, *templates, *assets, readers, bulk, {}};
        const http::Site site{services};
        auto server =
            http::Server::start({config.search.address, config.search.port, config.search.threads}, site, log);
        if (!server) {
            return server.error();
        }
        std::cout << "Acervo is ready: " << (*server)->url() << std::endl;
        waitForEnd(log);
        (*server)->stop();
        return {};
    }

    static void waitForEnd(http::AccessLog& log)
    {
        const auto signals = awaitedSignals();
        for (;;) {
            int number = 0;
            if (sigwait(&signals, &number) != 0) {
                return;
            }
            if (number != SIGHUP) {
                return;
            }
            if (auto reopened = log.reopen(); !reopened) {
                std::cerr << "acervo-searchd: " << reopened.error().message << std::endl;
            }
        }
    }

    std::string _configFile;
    std::string _printOnly; // "help" or "routes"
    int _port = -1;         // -1: as configured
};

} // namespace

} // namespace acervo

int main(int argc, char** argv)
{
    const auto signals = acervo::awaitedSignals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread is made
    signal(SIGPIPE, SIG_IGN);                      // a client that went away is an error of its socket
    try {
        acervo::Daemon daemon;
        return daemon.run(argc, argv);
    } catch (const Poco::Exception& error) {
        std::cerr << "acervo-searchd: " << error.displayText() << std::endl;
    } catch (const std::exception& error) {
        std::cerr << "acervo-searchd: " << error.what() << std::endl;
    }
    return 1;
}
