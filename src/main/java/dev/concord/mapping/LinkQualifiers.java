package dev.concord.mapping;

import java.util.List;

/**
 * The labels under which a source may own several targets: a fixed list, or a script that names them per source object.
 */
public sealed interface LinkQualifiers {

    LinkQualifiers DEFAULT = new Fixed(List.of("default"));

    record Fixed(List<String> names) implements LinkQualifiers {}

    record Scripted(ScriptSource script) implements LinkQualifiers {}
}
