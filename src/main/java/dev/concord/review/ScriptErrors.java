package dev.concord.review;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.script.GraalScripts;
import dev.concord.script.ScriptFaults;
import dev.concord.script.Scripts;
import java.util.List;

/** Finds scripts that are no JavaScript, for those who have no scripts running themselves. */
public final class ScriptErrors {

    private ScriptErrors() {}

    /** An error for each place of a mapping that has one; none is run. Takes a second where a script is not plain. */
    public static List<Fault> of(Definitions definitions) {
        try (Scripts scripts = new GraalScripts()) {
            return ScriptFaults.of(definitions, definitions.mappings().keySet(), scripts);
        }
    }
}
