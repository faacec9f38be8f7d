package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PointerTest {

    @Provide
    Arbitrary<Pointer> anyPointers() {
        // A single slash is the whole object, so the attribute with the empty name has no text of its own.
        return Arbitraries.strings()
                .withChars("ab~/01 .\u00fc")
                .ofMaxLength(3)
                .list()
                .ofMaxSize(4)
                .filter(tokens -> !tokens.equals(List.of("")))
                .map(Pointer::new);
    }

    @Provide
    Arbitrary<Pointer> pointers() {
        return Arbitraries.of("a", "b", "0", "1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(Pointer::new);
    }

    @Provide
    Arbitrary<Map<String, Object>> objects() {
        return RandomValues.objects();
    }

    @Provide
    Arbitrary<Object> values() {
        return RandomValues.values();
    }

    @Property
    void whatIsWrittenReadsBackAsTheSamePointer(@ForAll("anyPointers") Pointer pointer) {
        assertThat(Pointer.of(pointer.toString())).isEqualTo(pointer);
    }

    @Property
    void everyTextIsAPointerThatKeepsItsPlace(@ForAll String text) {
        Pointer pointer = Pointer.of(text);

        assertThat(Pointer.of(pointer.toString())).isEqualTo(pointer);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aValueThatWasPutIsThere(
            @ForAll("objects") Map<String, Object> object,
            @ForAll("pointers") Pointer pointer,
            @ForAll("values") Object value) {
        try {
            pointer.put(object, value);
        } catch (IllegalArgumentException noPlaceOfAList) {
            assertThat(noPlaceOfAList).hasMessageContaining("is no place of the list there");
            return;
        }

        assertThat(pointer.isPresentIn(object)).isTrue();
        assertThat(pointer.get(object)).isEqualTo(value);
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aValueThatWasRemovedFromAnObjectIsGone(
            @ForAll("objects") Map<String, Object> object, @ForAll("pointers") Pointer pointer) {
        Pointer parent =
                new Pointer(pointer.tokens().subList(0, pointer.tokens().size() - 1));
        Object before = JsonValues.copy(object);
        boolean present = pointer.isPresentIn(object);
        int size = parent.get(object) instanceof List<?> list ? list.size() : 0;

        pointer.remove(object);

        if (!present) {
            assertThat(object).isEqualTo(before);
        } else if (parent.get(object) instanceof List<?> list) {
            assertThat(list).hasSize(size - 1);
        } else {
            assertThat(pointer.isPresentIn(object)).isFalse();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theRestLooksFromInsideTheAttribute(
            @ForAll("objects") Map<String, Object> object, @ForAll("pointers") Pointer pointer) {
        Object attribute = object.get(pointer.attribute());

        assertThat(pointer.rest().get(attribute)).isEqualTo(pointer.get(object));
    }

    @Test
    void theSlashInFrontIsOptional() {
        assertThat(Pointer.of("a/b")).isEqualTo(Pointer.of("/a/b")).hasToString("/a/b");
        assertThat(Pointer.of(""))
                .isEqualTo(Pointer.of("/"))
                .isEqualTo(Pointer.WHOLE)
                .hasToString("");
        assertThat(Pointer.of("//a").tokens()).containsExactly("", "a");
        assertThat(Pointer.of("a/").tokens()).containsExactly("a", "");
    }

    @Test
    void tildesAndSlashesAreEscapedInNames() {
        assertThat(Pointer.of("/a~1b/~0/~01").tokens()).containsExactly("a/b", "~", "~1");
        assertThat(new Pointer(List.of("a/b", "~", "~1"))).hasToString("/a~1b/~0/~01");
    }

    @Test
    void numbersAddressTheElementsOfLists() {
        Map<String, Object> object = Json.readObject("{\"m\": [\"x\", [\"y\", null]], \"0\": \"zero\"}");

        assertThat(Pointer.of("m/0").get(object)).isEqualTo("x");
        assertThat(Pointer.of("m/1/0").get(object)).isEqualTo("y");
        assertThat(Pointer.of("m/1/1").isPresentIn(object)).isTrue();
        assertThat(Pointer.of("0").get(object)).isEqualTo("zero");
        for (String none : List.of("m/2", "m/-1", "m/00", "m/+0", "m/-", "m/", "m/\u0660", "m/99999999999", "m/0/x")) {
            assertThat(Pointer.of(none).isPresentIn(object)).as(none).isFalse();
            assertThat(Pointer.of(none).get(object)).as(none).isNull();
        }
    }

    @Test
    void anAbsentValueIsToldFromANullOne() {
        Map<String, Object> object = Json.readObject("{\"a\": null, \"o\": {\"b\": null}}");

        assertThat(Pointer.of("a").isPresentIn(object)).isTrue();
        assertThat(Pointer.of("o/b").isPresentIn(object)).isTrue();
        assertThat(Pointer.of("b").isPresentIn(object)).isFalse();
        assertThat(Pointer.of("a/b").isPresentIn(object)).isFalse();
        assertThat(Pointer.WHOLE.isPresentIn(object)).isTrue();
    }

    @Test
    void puttingCreatesParentsAndReplacesThoseThatAreNoObjects() {
        Map<String, Object> object = Json.readObject("{\"a\": 1}");

        Pointer.of("a/b/c").put(object, "x");
        Pointer.of("d").put(object, null);

        assertThat(Json.write(object)).isEqualTo("{\"a\":{\"b\":{\"c\":\"x\"}},\"d\":null}");
    }

    @Test
    void puttingBehindTheEndOfAListAppends() {
        Map<String, Object> object = Json.readObject("{\"m\": [\"x\"]}");

        Pointer.of("m/1").put(object, "y");
        Pointer.of("m/-").put(object, "z");
        Pointer.of("m/-/name").put(object, "w");
        Pointer.of("m/0").put(object, "v");

        assertThat(Json.write(object)).isEqualTo("{\"m\":[\"v\",\"y\",\"z\",{\"name\":\"w\"}]}");
    }

    @Test
    void puttingAtNoPlaceOfAListIsRefusedAndChangesNothing() {
        Map<String, Object> object = Json.readObject("{\"m\": [\"x\"]}");

        for (String none : List.of("m/2", "m/name", "m/01", "m/5/name")) {
            assertThatThrownBy(() -> Pointer.of(none).put(object, "y"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Cannot put a value at /" + none)
                    .hasMessageContaining("which has 1 elements");
        }
        assertThat(Json.write(object)).isEqualTo("{\"m\":[\"x\"]}");
    }

    @Test
    void theWholeObjectIsReplacedByACopyAndEmptiedByRemoving() {
        Map<String, Object> object = Json.readObject("{\"a\": 1}");
        Map<String, Object> other = new LinkedHashMap<>(Map.of("b", new ArrayList<>(List.of(1))));

        Pointer.WHOLE.put(object, other);
        Pointer.of("b/0").put(object, 2);

        assertThat(object).isEqualTo(Map.of("b", List.of(2)));
        assertThat(other).isEqualTo(Map.of("b", List.of(1)));
        assertThatThrownBy(() -> Pointer.WHOLE.put(object, "x")).isInstanceOf(IllegalArgumentException.class);

        Pointer.WHOLE.remove(object);

        assertThat(object).isEmpty();
    }

    @Test
    void theWholeObjectCanBePutInItsOwnPlace() {
        Map<String, Object> object = Json.readObject("{\"a\": 1}");

        Pointer.WHOLE.put(object, object);

        assertThat(object).isEqualTo(Map.of("a", 1));
    }
}
