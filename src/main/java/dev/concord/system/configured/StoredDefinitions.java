package dev.concord.system.configured;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.SystemDefinition;
import dev.concord.mapping.SystemDefinition.FileObjects;
import dev.concord.mapping.SystemDefinition.TableObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Definitions as the adapters get them: hashed and encrypted attributes are texts to them. */
final class StoredDefinitions {

    private StoredDefinitions() {}

    static ManagedType of(ManagedType type) {
        return new ManagedType(type.name(), stored(type.attributes()), type.place());
    }

    static SystemDefinition.Files of(SystemDefinition.Files system) {
        return new SystemDefinition.Files(
                system.name(),
                system.format(),
                each(
                        system.objects(),
                        objects -> new FileObjects(
                                objects.file(),
                                objects.id(),
                                objects.delimiter(),
                                objects.charset(),
                                stored(objects.attributes()),
                                objects.place())),
                system.place());
    }

    static SystemDefinition.Jdbc of(SystemDefinition.Jdbc system) {
        return new SystemDefinition.Jdbc(
                system.name(),
                system.url(),
                system.username(),
                system.password(),
                system.setup(),
                system.timeouts(),
                each(
                        system.objects(),
                        objects -> new TableObjects(
                                objects.table(),
                                objects.id(),
                                objects.revision(),
                                objects.attributes(),
                                stored(objects.types()),
                                objects.place())),
                system.place());
    }

    private static Map<String, AttributeDefinition> stored(Map<String, AttributeDefinition> attributes) {
        return each(attributes, AttributeDefinition::stored);
    }

    private static <T> Map<String, T> each(Map<String, T> map, UnaryOperator<T> change) {
        Map<String, T> changed = new LinkedHashMap<>(map);
        changed.replaceAll((name, value) -> change.apply(value));
        return changed;
    }
}
