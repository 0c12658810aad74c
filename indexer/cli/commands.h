// The commands of acervo-indexer. Each prints for a person and returns the exit status.
#pragma once

#include "corpus/config/arguments.h"

namespace acervo::cli {

// For cron and timers: what a run's exit status says.
enum Exit : int {
    exitDone = 0,
    exitFailed = 1, // the command could not be carried out; the reason is on standard error
    exitUsage = 2,  // the command line is wrong
    exitAlarm = 3,  // done, but something needs a person: see the report
};

int initCommand(const config::Arguments& arguments);
int runCommand(const config::Arguments& arguments);
int importCommand(const config::Arguments& arguments);
int extractCommand(const config::Arguments& arguments);
int statusCommand(const config::Arguments& arguments);
int checkCommand(const config::Arguments& arguments);
int reindexCommand(const config::Arguments& arguments);
int rollbackCommand(const config::Arguments& arguments);
int lexiconLearnCommand(const config::Arguments& arguments);

} // namespace acervo::cli
