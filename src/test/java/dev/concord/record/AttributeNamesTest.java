package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class AttributeNamesTest {

    @Property
    void anObjectIsWhatAMapOfItsAttributesWouldBe(
            @ForAll @UniqueElements List<String> names, @ForAll List<@IntRange(min = -3, max = 3) Integer> numbers) {
        Object[] values = new Object[names.size()];
        Map<String, Object> expected = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            // Below zero stands for an attribute that is absent.
            Integer number = i < numbers.size() && numbers.get(i) >= 0 ? numbers.get(i) : null;
            values[i] = number;
            if (number != null) {
                expected.put(names.get(i), number);
            }
        }
        Map<String, Object> object = new AttributeNames(names).object(values);

        assertThat(object).isEqualTo(expected).hasSameHashCodeAs(expected).hasSize(expected.size());
        assertThat(expected).isEqualTo(object);
        assertThat(object).hasToString(expected.toString());
        assertThat(object.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(new ArrayList<>(object.keySet())).isEqualTo(new ArrayList<>(expected.keySet()));
        assertThat(new ArrayList<>(object.values())).isEqualTo(new ArrayList<>(expected.values()));
        assertThat(new ArrayList<>(object.entrySet())).isEqualTo(new ArrayList<>(expected.entrySet()));
        assertThat(object.entrySet()).isEqualTo(expected.entrySet());
        List<Object> visited = new ArrayList<>();
        object.forEach((name, value) -> visited.add(Map.entry(name, value)));
        assertThat(visited).isEqualTo(new ArrayList<Object>(expected.entrySet()));
        for (String name : names) {
            assertThat(object.get(name)).isEqualTo(expected.get(name));
            assertThat(object.containsKey(name)).isEqualTo(expected.containsKey(name));
            assertThat(object.getOrDefault(name, "none")).isEqualTo(expected.getOrDefault(name, "none"));
        }
        assertThat(JsonValues.copyOf(object)).isEqualTo(expected);
        assertThat(Json.write(object)).isEqualTo(Json.write(expected));
    }

    @Test
    void whatIsNoNameIsNotThere() {
        Map<String, Object> object = new AttributeNames(List.of("a", "b")).object(new Object[] {1, null});
        assertThat(object.get("c")).isNull();
        assertThat(object.get(null)).isNull();
        assertThat(object.containsKey("b")).isFalse();
    }

    @Test
    void anObjectCannotBeChanged() {
        Map<String, Object> object = new AttributeNames(List.of("a", "b")).object(new Object[] {1, 2});
        assertThatThrownBy(() -> object.put("a", 3)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> object.remove("a")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(object::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> object.entrySet().iterator().next().setValue(3))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> object.replaceAll((name, value) -> 3))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void valuesMustBeAsManyAsNames() {
        AttributeNames names = new AttributeNames(List.of("a", "b"));
        assertThatThrownBy(() -> names.object(new Object[] {1})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AttributeNames(List.of("a", "a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(
                        () -> names.object(new Object[2]).entrySet().iterator().next())
                .isInstanceOf(NoSuchElementException.class);
    }
}
