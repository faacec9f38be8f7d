package dev.concord.cli;

import dev.concord.mapping.DefinitionLoader;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.Sources;
import dev.concord.run.Home;

/** What every command has at hand. */
record Shell(Screen screen, Home home, Platform platform) {

    /** All definitions as they are in the files now. */
    Definitions definitions() {
        return DefinitionLoader.load(Sources.of(home.jobs()));
    }

    /** What to type to get something done, so that it can be copied. */
    String command(String arguments) {
        return screen.command() + " " + arguments;
    }
}
