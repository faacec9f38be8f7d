package dev.concord.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceTest {

    private final Resource resource = new Resource("7", "3", Json.readObject("{\"mail\": \"a@b\", \"phone\": null}"));

    @Test
    void theViewAddsIdAndRevision() {
        assertThat(resource.view())
                .isEqualTo(Json.readObject("{\"_id\": \"7\", \"_rev\": \"3\", \"mail\": \"a@b\", \"phone\": null}"))
                .containsKeys("_id", "_rev", "mail", "phone")
                .doesNotContainKey("other");
        assertThat(resource.view().get("_id")).isEqualTo("7");
        assertThat(resource.view().get("mail")).isEqualTo("a@b");
    }

    @Test
    void aResourceWithoutRevisionShowsNone() {
        Map<String, Object> view = new Resource("7", null, Map.of()).view();

        assertThat(view).isEqualTo(Map.of("_id", "7")).doesNotContainKey("_rev");
        assertThat(view.get("_rev")).isNull();
    }

    @Test
    void theViewCannotBeChanged() {
        assertThatThrownBy(() -> resource.view().put("mail", "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> resource.view().remove("mail")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> resource.view().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
