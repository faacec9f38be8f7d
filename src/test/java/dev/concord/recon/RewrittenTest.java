package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RewrittenTest {

    private final Rewritten rewritten = new Rewritten();

    @Test
    void aPageThatIsDoneAgainFindsWhatItsFirstAttemptStartedFrom() {
        rewritten.note("target a", "4");
        rewritten.note("target a", "5");
        assertThat(rewritten.has("target a", "4")).isTrue();
        assertThat(rewritten.has("target a", "5")).isTrue();
        assertThat(rewritten.has("target a", "6")).isFalse();
        assertThat(rewritten.has("target a", null)).isFalse();
        assertThat(rewritten.has("target b", "4")).isFalse();
    }

    @Test
    void revisionsOfWhatCouldNotBeTakenBackSayNothing() {
        rewritten.note("target a", "4");
        rewritten.note("target b", "4");
        rewritten.doubt("target a");
        assertThat(rewritten.isDoubted("target a")).isTrue();
        assertThat(rewritten.has("target a", "4")).isFalse();
        assertThat(rewritten.has("target b", "4")).isTrue();
    }

    @Test
    void whatIsNotedWithoutARevisionIsThereHoweverManyThereAre() {
        for (int i = 0; i < 1_000; i++) {
            rewritten.note("target " + i);
        }
        for (int i = 0; i < 1_000; i++) {
            assertThat(rewritten.has("target " + i)).isTrue();
            assertThat(rewritten.has("target " + i, "1")).isFalse();
        }
        assertThat(rewritten.has("target 1000")).isFalse();
    }
}
