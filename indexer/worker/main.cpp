// acervo-extract-worker: reads documents for the indexer in a process of its own.
#include "indexer/extract/extractor.h"
#include "indexer/worker/detail/serve.h"

int main(int argc, char** argv)
{
    return acervo::worker::detail::serve(argc, argv, &acervo::extract::extract);
}
