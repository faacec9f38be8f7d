package dev.concord.review;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.Definitions;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.SystemDefinition;
import dev.concord.record.Pointer;
import dev.concord.system.file.CsvHeader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that object sets are known to have: those of managed types, and the columns of CSV files that are
 * there. What a database or a JSON file holds is only known when it is opened, which nobody does here.
 */
final class Schemas {

    private final Definitions definitions;
    private final Path jobsFolder;
    private final Map<String, Optional<Set<String>>> known = new HashMap<>();

    Schemas(Definitions definitions, Path jobsFolder) {
        this.definitions = definitions;
        this.jobsFolder = jobsFolder;
    }

    /** The paths of all object sets that are defined. */
    Set<String> objectSets() {
        Set<String> paths = new TreeSet<>();
        definitions.managedTypes().keySet().forEach(type -> paths.add("managed/" + type));
        definitions.systems().forEach((name, system) -> {
            Set<String> types = switch (system) {
                case SystemDefinition.Files files -> files.objects().keySet();
                case SystemDefinition.Jdbc jdbc -> jdbc.objects().keySet();
            };
            types.forEach(type -> paths.add("system/" + name + "/" + type));
        });
        return paths;
    }

    /** Every attribute that objects of a set can have; empty when that is not known. */
    Optional<Set<String>> attributes(String objectSet) {
        return known.computeIfAbsent(objectSet, this::read);
    }

    /** The managed type behind an object set, or null when it is of another kind. */
    @Nullable
    ManagedType managedType(String objectSet) {
        return objectSet.startsWith("managed/")
                ? definitions.managedTypes().get(objectSet.substring("managed/".length()))
                : null;
    }

    /** What is certain of the values at a pointer into objects of a set. */
    Knowledge about(String objectSet, Pointer pointer) {
        if (pointer.tokens().size() != 1) {
            return Knowledge.NONE;
        }
        if (pointer.attribute().equals("_id")) {
            return Knowledge.TEXT;
        }
        ManagedType type = managedType(objectSet);
        if (type != null) {
            AttributeDefinition attribute = type.attributes().get(pointer.attribute());
            return attribute == null ? Knowledge.NONE : Knowledge.of(attribute);
        }
        String[] parts = objectSet.split("/", -1);
        SystemDefinition system = parts.length == 3 ? definitions.systems().get(parts[1]) : null;
        return switch (system) {
            case SystemDefinition.Files files -> about(files, parts[2], pointer.attribute());
            case SystemDefinition.Jdbc jdbc -> about(jdbc, parts[2], pointer.attribute());
            case null -> Knowledge.NONE;
        };
    }

    private Knowledge about(SystemDefinition.Files system, String type, String name) {
        SystemDefinition.FileObjects objects = system.objects().get(type);
        boolean absent = attributes("system/" + system.name() + "/" + type)
                .filter(known -> !known.contains(name))
                .isPresent();
        if (objects == null || absent || system.format() != SystemDefinition.Format.CSV) {
            return Knowledge.NONE;
        }
        AttributeDefinition attribute = objects.attributes().get(name);
        return Knowledge.of(attribute == null ? AttributeDefinition.string(name) : attribute);
    }

    /** A column holds one value, of whatever type the database has, unless it is declared to hold several. */
    private static Knowledge about(SystemDefinition.Jdbc system, String type, String name) {
        SystemDefinition.TableObjects objects = system.objects().get(type);
        AttributeDefinition attribute = objects == null ? null : objects.types().get(name);
        return new Knowledge(objects != null && (attribute == null || !attribute.multivalued()), null);
    }

    private Optional<Set<String>> read(String objectSet) {
        ManagedType type = managedType(objectSet);
        if (type != null) {
            return Optional.of(withIds(type.attributes().keySet()));
        }
        String[] parts = objectSet.split("/", -1);
        if (parts.length != 3
                || !(definitions.systems().get(parts[1]) instanceof SystemDefinition.Files files)
                || files.format() != SystemDefinition.Format.CSV) {
            return Optional.empty();
        }
        SystemDefinition.FileObjects objects = files.objects().get(parts[2]);
        return objects == null
                ? Optional.empty()
                : CsvHeader.columns(jobsFolder, objects).map(columns -> withIds(new LinkedHashSet<>(columns)));
    }

    private static Set<String> withIds(Set<String> names) {
        Set<String> all = new LinkedHashSet<>(names);
        all.add("_id");
        all.add("_rev");
        return all;
    }
}
