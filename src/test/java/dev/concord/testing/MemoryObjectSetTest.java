package dev.concord.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.mapping.AttributeDefinition;
import dev.concord.mapping.AttributeDefinition.AttributeType;
import dev.concord.record.Resource;
import dev.concord.system.ObjectSet;
import dev.concord.system.ObjectSetContract;
import dev.concord.system.Write;
import dev.concord.system.WriteOutcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryObjectSetTest extends ObjectSetContract {

    @Override
    protected ObjectSet create(List<AttributeDefinition> attributes, List<Resource> objects) {
        return new MemoryObjectSet("managed/person", attributes, objects);
    }

    @Test
    void aBatchHappensAsAWholeOrNotAtAll() {
        ObjectSet set = create(List.of(unique(attribute("mail", AttributeType.STRING))), people(3));
        Map<String, Resource> before = set.fetch(ids(people(3)));
        Resource first = before.get("p0000");

        List<WriteOutcome> outcomes = set.write(List.of(
                new Write.Create("x", Map.of("mail", "x@example.com")),
                new Write.Create(null, Map.of("mail", "y@example.com")),
                new Write.Update(first, with(first, "mail", "z@example.com")),
                new Write.Delete("p0001", null),
                new Write.Create("p0002", Map.of()),
                new Write.Delete("p0002", null)));

        assertThat(outcomes.get(4)).isInstanceOf(WriteOutcome.Rejected.class);
        assertThat(outcomes)
                .hasSize(6)
                .filteredOn(new WriteOutcome.NotDone()::equals)
                .hasSize(5);
        assertThat(set.count(null)).isEqualTo(3);
        assertThat(set.fetch(ids(people(3)))).isEqualTo(before);
        assertDone(set.write(List.of(
                new Write.Create("x", Map.of("mail", "z@example.com")),
                new Write.Create("y", Map.of("mail", "x@example.com")))));
        assertThat(rejected(set.write(List.of(new Write.Create("z", Map.of("mail", "mail1@example.com")))))
                        .attribute())
                .isEqualTo("mail");
    }
}
