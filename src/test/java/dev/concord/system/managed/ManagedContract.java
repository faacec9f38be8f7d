package dev.concord.system.managed;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.ManagedType;
import dev.concord.mapping.Place;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.PlatformObjectSetContract;
import dev.concord.system.Write;
import dev.concord.testing.Databases;
import dev.concord.testing.TestDatabase;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Managed types on one kind of database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ManagedContract extends PlatformObjectSetContract {

    private final TestDatabase database;
    private int types;

    ManagedContract(Databases kind) {
        database = kind.fresh();
    }

    @Override
    protected ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects) {
        Map<String, AttributeDefinition> definitions = new LinkedHashMap<>();
        attributes.forEach(attribute -> definitions.put(attribute.name(), attribute));
        String name = "type" + types++;
        ManagedType type = new ManagedType(name, definitions, new Place("managed/" + name + ".yaml", 1, ""));
        ObjectSet set = new ManagedStore(database.dataSource()).open(type);
        List<Write> writes = objects.stream()
                .<Write>map(object -> new Write.Create(object.id(), object.content()))
                .toList();
        if (!writes.isEmpty()) {
            assertDone(set.write(writes));
        }
        return set;
    }

    @Override
    protected Set<Ability> abilities() {
        return EnumSet.complementOf(EnumSet.of(Ability.ANY_NAME));
    }

    @Override
    protected DataSource platform() {
        return database.dataSource();
    }

    @AfterAll
    void close() {
        database.close();
    }
}
