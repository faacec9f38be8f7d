package dev.concord.recon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.concord.record.Resource;
import dev.concord.system.Page;
import dev.concord.system.Page.Item;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PageSizeTest {

    private static final int MANY = 10_000_000;

    @Test
    void aMappingThatSaysSoIsObeyed() {
        PageSize size = new PageSize(7, MANY, 1);
        size.learn(page(7, 4_000_000));
        size.took(7, TimeUnit.MINUTES.toNanos(5));
        assertThat(size.next()).isEqualTo(7);
    }

    @Test
    void pagesOfSmallRecordsGrowAndThoseOfBigOnesShrink() {
        PageSize size = new PageSize(0, MANY, 1);
        assertThat(size.next()).isEqualTo(1_000);
        size.learn(page(1_000, 100));
        assertThat(size.next()).isEqualTo(4_000);
        size.learn(page(20, 1_000_000));
        assertThat(size.next()).isEqualTo(20);
    }

    @Test
    void fewRecordsAreNotCutIntoFewPages() {
        PageSize size = new PageSize(0, 10_000, 4);
        size.learn(page(1_000, 100));
        assertThat(size.next()).isEqualTo(1_000);
    }

    @Test
    void pagesThatTakeLongShrinkUntilTheyTakeFiveSecondsAndGrowAgain() {
        PageSize size = new PageSize(0, MANY, 1);
        size.learn(page(1_000, 100));
        size.took(4_000, TimeUnit.SECONDS.toNanos(80));
        assertThat(size.next()).isEqualTo(250);
        size.took(250, TimeUnit.SECONDS.toNanos(50));
        assertThat(size.next()).isEqualTo(25);
        size.took(25, TimeUnit.MILLISECONDS.toNanos(1));
        assertThat(size.next()).isEqualTo(4_000);
    }

    private static Page page(int records, int characters) {
        String text = "x".repeat(characters);
        List<Item> items = IntStream.range(0, records)
                .mapToObj(i -> (Item)
                        new Item.Found(String.valueOf(i), new Resource(String.valueOf(i), null, Map.of("text", text))))
                .toList();
        return new Page(items, null, false);
    }
}
