package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;

class TogetherTest {

    @Test
    void questions_are_asked_at_the_same_time_and_answered_in_their_order() {
        CountDownLatch bothAsked = new CountDownLatch(2);
        Supplier<Integer> first = () -> waitFor(bothAsked, 1);
        Supplier<Integer> second = () -> waitFor(bothAsked, 2);
        assertThat(Together.ask(List.of(first, second))).containsExactly(1, 2);
    }

    @Test
    void trouble_is_told_as_it_is_once_everybody_has_ended() {
        AtomicBoolean ended = new AtomicBoolean();
        TransientDataAccessResourceException trouble = new TransientDataAccessResourceException("gone");
        CountDownLatch failed = new CountDownLatch(1);
        Supplier<Integer> failing = () -> {
            failed.countDown();
            throw trouble;
        };
        Supplier<Integer> slow = () -> {
            int answer = waitFor(failed, 3);
            ended.set(true);
            return answer;
        };
        assertThatThrownBy(() -> Together.ask(List.of(failing, slow))).isSameAs(trouble);
        assertThat(ended).isTrue();
    }

    private static int waitFor(CountDownLatch latch, int answer) {
        latch.countDown();
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return answer;
    }
}
