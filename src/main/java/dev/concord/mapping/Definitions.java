package dev.concord.mapping;

import dev.concord.secret.Crypto;
import dev.concord.secret.Keys;
import dev.concord.secret.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything below {@code jobs/}, read and checked. Files with faults are not in the maps; their faults are in
 * {@link #faults}, so that a broken mapping does not keep the others from running.
 *
 * @param texts the text of every file that was read, by path relative to {@code jobs/}; what a run freezes is a part of
 *     this
 */
public record Definitions(
        Map<String, Mapping> mappings,
        Map<String, SystemDefinition> systems,
        Map<String, ManagedType> managedTypes,
        Map<String, Schedule> schedules,
        Map<String, KeyDefinition> keys,
        Map<String, Webhook> webhooks,
        List<Fault> faults,
        Map<String, String> texts) {

    /** Definitions without schedules, keys and webhooks. */
    public Definitions(
            Map<String, Mapping> mappings,
            Map<String, SystemDefinition> systems,
            Map<String, ManagedType> managedTypes,
            List<Fault> faults,
            Map<String, String> texts) {
        this(mappings, systems, managedTypes, Map.of(), Map.of(), Map.of(), faults, texts);
    }

    /** Something wrong with, or odd about, a definition: where, the value, and what is allowed. */
    public record Fault(Severity severity, Place place, String message) {
        public enum Severity {
            ERROR,
            WARNING
        }
    }

    /** What hashes and encrypts with the keys that are described here; their secrets are not resolved yet. */
    public Crypto crypto() {
        Map<String, Secret> secrets = new HashMap<>();
        keys.forEach((name, key) -> secrets.put(name, key.secret()));
        return new Crypto(new Keys(secrets));
    }

    /** The errors that concern a file. */
    public List<Fault> errorsOf(String file) {
        return faults.stream()
                .filter(f ->
                        f.severity() == Fault.Severity.ERROR && f.place().file().equals(file))
                .toList();
    }

    /**
     * The texts that a run of a mapping means, to be kept with the run. Throws {@link IllegalArgumentException} listing
     * the known names when there is no such mapping without errors.
     */
    public Closure closureOf(String mapping) {
        return new ClosureFiles(this).of(mapping);
    }

    /** Whether an object set is defined, and without faults. */
    public boolean hasObjectSet(String path) {
        String[] names = path.split("/", -1);
        return switch (names[0]) {
            case "managed" -> names.length == 2 && managedTypes.containsKey(names[1]);
            case "system" -> {
                SystemDefinition system = names.length == 3 ? systems.get(names[1]) : null;
                yield system != null && KnownObjectSets.objects(system).containsKey(names[2]);
            }
            default -> false;
        };
    }

    /** What its definition says of the attributes of an object set; nothing where there is no such set. */
    public Map<String, AttributeDefinition> attributes(String path) {
        if (!hasObjectSet(path)) {
            return Map.of();
        }
        String[] names = path.split("/", -1);
        if (names[0].equals("managed")) {
            return Objects.requireNonNull(managedTypes.get(names[1])).attributes();
        }
        return switch (Objects.requireNonNull(systems.get(names[1]))) {
            case SystemDefinition.Files files ->
                Objects.requireNonNull(files.objects().get(names[2])).attributes();
            case SystemDefinition.Jdbc jdbc ->
                Objects.requireNonNull(jdbc.objects().get(names[2])).types();
        };
    }

    /** Whether anything is wrong, warnings aside. */
    public boolean hasErrors() {
        return faults.stream().anyMatch(fault -> fault.severity() == Fault.Severity.ERROR);
    }
}
