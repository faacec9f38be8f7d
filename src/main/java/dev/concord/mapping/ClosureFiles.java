package dev.concord.mapping;

import java.util.Map;
import java.util.TreeMap;

/** Finds the files that a run of a mapping means. */
final class ClosureFiles {

    /** What a script must name to reach any object set; which one is only known when it runs. */
    private static final String OBJECTS_OF_SCRIPTS = "openidm";

    private final Definitions definitions;
    private final Map<String, String> texts = new TreeMap<>();

    ClosureFiles(Definitions definitions) {
        this.definitions = definitions;
    }

    Closure of(String name) {
        Mapping mapping = definitions.mappings().get(name);
        if (mapping == null) {
            throw new IllegalArgumentException(Quote.text(name) + " is no mapping without errors"
                    + Suggestion.tail("known", name, definitions.mappings().keySet()) + ".");
        }
        add(mapping.place().file());
        for (ScriptSource script : mapping.scripts()) {
            if (script.file() != null) {
                add(script.file());
            }
        }
        if (!mapping.linkOwner().equals(name)) {
            addOwner(mapping.linkOwner());
        }
        addObjectSet(mapping.source());
        addObjectSet(mapping.target());
        // Scripts may use any of them.
        definitions.keys().values().forEach(key -> add(key.place().file()));
        if (mapping.scripts().stream().anyMatch(script -> script.text().contains(OBJECTS_OF_SCRIPTS))) {
            definitions.systems().values().forEach(system -> add(system.place().file()));
            definitions.managedTypes().values().forEach(type -> add(type.place().file()));
        }
        return Closure.of(texts);
    }

    /** The owner may have errors of its own that do not concern its links, so it is looked for in the texts. */
    private void addOwner(String name) {
        Sources sources = Sources.of(definitions.texts());
        definitions.texts().forEach((file, text) -> {
            if (SourcePath.isDefinition(file)
                    && MappingFile.matches(file)
                    && MappingFile.has(name, file, text, sources)) {
                add(file);
            }
        });
    }

    private void addObjectSet(String path) {
        String[] steps = path.split("/", -1);
        if (steps.length < 2) {
            return;
        }
        ManagedType type =
                steps[0].equals("managed") ? definitions.managedTypes().get(steps[1]) : null;
        SystemDefinition system =
                steps[0].equals("system") ? definitions.systems().get(steps[1]) : null;
        if (type != null) {
            add(type.place().file());
        }
        if (system != null) {
            add(system.place().file());
        }
    }

    private void add(String file) {
        String text = definitions.texts().get(file);
        if (text == null) {
            throw new IllegalStateException("The text of " + file + " is not among the definitions that were loaded.");
        }
        texts.put(file, text);
        String properties = PropertyReferences.frozenPath(file);
        String values = definitions.texts().get(properties);
        if (values != null) {
            texts.put(properties, values);
        }
    }
}
