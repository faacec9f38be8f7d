package dev.concord.system.file;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import java.util.List;
import java.util.UUID;

/** Files as a run sees them. */
class FrozenObjectSetTest extends CsvObjectSetTest {

    @Override
    protected ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects) {
        return super.create(attributes, objects)
                .asTarget()
                .snapshotIn(temporary.resolve(UUID.randomUUID().toString()));
    }

    /** A run reads its own changes long before they are published. */
    @Override
    protected ObjectSet afterWriting(ObjectSet set) {
        return set;
    }
}
