package dev.concord.script;

import dev.concord.mapping.Definitions;
import dev.concord.mapping.Definitions.Fault;
import dev.concord.mapping.Faults;
import dev.concord.mapping.Mapping;
import dev.concord.mapping.Place;
import dev.concord.mapping.Places;
import dev.concord.mapping.ScriptSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the scripts of mappings that are no JavaScript, without running any. */
public final class ScriptFaults {

    private ScriptFaults() {}

    /**
     * An error for each place that has such a script, by file and line.
     *
     * @param mappings the names of those to look at; others, and those that have other faults, are left out
     */
    public static List<Fault> of(Definitions definitions, Collection<String> mappings, Scripts scripts) {
        Places places = new Places(definitions);
        Set<Fault> faults = new LinkedHashSet<>();
        for (String name : mappings) {
            Mapping mapping = definitions.mappings().get(name);
            for (ScriptSource script : mapping == null ? List.<ScriptSource>of() : mapping.scripts()) {
                Scripts.Mistake mistake = scripts.check(script);
                if (mistake != null) {
                    faults.add(fault(script, mistake, places));
                }
            }
        }
        return faults.stream().sorted(Faults.BY_PLACE).toList();
    }

    private static Fault fault(ScriptSource script, Scripts.Mistake mistake, Places places) {
        Place place = script.file() == null ? places.of(script, mistake.line()) : script.place();
        String which = "the script";
        if (script.file() != null) {
            which += " jobs/" + script.file() + (mistake.line() > 0 ? ":" + mistake.line() : "");
        } else if (mistake.line() > 0 && place.line() == script.place().line()) {
            which = "line " + mistake.line() + " of the script";
        }
        return new Fault(Fault.Severity.ERROR, place, which + " cannot be compiled: " + mistake.what());
    }
}
