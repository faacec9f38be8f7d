package dev.concord.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

class IndependenceTest {

    @Test
    void theModelKnowsNothingOfTheProduct() {
        JavaClasses model = new ClassFileImporter().importPackages("dev.concord.model");
        assertThat(model.contain(Reference.class)).isTrue();
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "belong to Concord but not to the model",
                        used -> used.getPackageName().startsWith("dev.concord")
                                && !used.getPackageName().equals("dev.concord.model")))
                .check(model);
    }
}
