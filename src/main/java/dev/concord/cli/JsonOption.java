package dev.concord.cli;

import picocli.CommandLine.Option;

/** {@code --json}, for each command that answers something. */
final class JsonOption {

    @Option(names = "--json", description = "Answer in JSON.")
    boolean json;
}
