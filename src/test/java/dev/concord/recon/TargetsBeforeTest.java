package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Resource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetsBeforeTest {

    private static final TargetsBefore.Hashing HASHING =
            new TargetsBefore.Hashing(7, List.of("mail", "name", "address"));

    @Test
    void aNullAttributeCountsLikeOneThatIsNotThere() {
        Map<String, Object> nulls = new HashMap<>(Map.of("name", "Ada"));
        nulls.put("mail", null);
        assertThat(HASHING.of("1", nulls)).isEqualTo(HASHING.of("1", Map.of("name", "Ada")));
        Map<String, Object> inside = Collections.singletonMap("mail", Collections.singletonMap("home", null));
        assertThat(HASHING.of("1", inside)).isNotEqualTo(HASHING.of("1", Map.of("mail", Map.of())));
    }

    @Test
    void attributesThatTheMappingDoesNotGiveCountForNothing() {
        assertThat(HASHING.of("1", Map.of("name", "Ada", "note", "x")))
                .isEqualTo(HASHING.of(new Resource("1", "5", Map.of("name", "Ada"))));
    }

    @Test
    void theIdAndEveryAttributeCountWhateverStandsBesideThem() {
        Set<Long> hashes = new HashSet<>();
        int objects = 0;
        List<Object> values = List.of("", "a", "b", "ab", "ba", List.of(), Map.of(), Map.of("a", Map.of()));
        for (String id : List.of("", "1", "1a", "1ab")) {
            for (Object mail : values) {
                for (Object name : values) {
                    for (Object address : values) {
                        objects++;
                        hashes.add(HASHING.of(id, Map.of("mail", mail, "name", name, "address", address)));
                    }
                }
            }
        }
        assertThat(hashes).hasSize(objects);
    }

    @Test
    void anotherSeedHashesOtherwise() {
        TargetsBefore.Hashing other = new TargetsBefore.Hashing(8, HASHING.attributes());
        for (Object address : List.of("a", Map.of())) {
            Map<String, Object> content = Map.of("address", address);
            assertThat(other.of("1", content)).isNotEqualTo(HASHING.of("1", content));
        }
    }

    @Test
    void whatWasGatheredInPartsIsFoundAndNothingElse() {
        TargetsBefore.Part some = new TargetsBefore.Part();
        TargetsBefore.Part others = new TargetsBefore.Part();
        for (int id = 0; id < 5_000; id++) {
            (id % 3 == 0 ? some : others).add(hash(id));
        }
        TargetsBefore before = TargetsBefore.of(List.of(some, others, new TargetsBefore.Part()));
        for (int id = 0; id < 5_000; id++) {
            assertThat(before.contains(hash(id))).isTrue();
            assertThat(before.contains(hash(id + 5_000))).isFalse();
        }
        assertThat(TargetsBefore.of(List.of()).contains(0)).isFalse();
    }

    private static long hash(int id) {
        return HASHING.of(String.valueOf(id), Map.of("name", "n"));
    }
}
