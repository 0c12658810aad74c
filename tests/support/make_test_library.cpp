// Makes the test library in the folder named, and prints as JSON what is in it: for tests in other languages.
#include "tests/support/test_library.h"

#include <nlohmann/json.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc != 2) {
        std::cerr << "usage: make_test_library FOLDER\n";
        return 64;
    }
    const auto library = acervo::support::makeTestLibrary(argv[1]);
    if (!library) {
        std::cerr << library.error().message << '\n';
        return 1;
    }
    std::cout << nlohmann::json{{"config", library->configFile.string()},
                                {"public_works", acervo::support::kPublicWorks},
                                {"water", library->waterId},
                                {"french_only", library->frenchOnlyId},
                                {"versioned", library->versionedId},
                                {"opened", library->openedId},
                                {"members", library->membersId},
                                {"old_water", acervo::support::kOldWaterAddress},
                                {"withdrawn", library->withdrawnId}}
              << '\n';
    return 0;
}
