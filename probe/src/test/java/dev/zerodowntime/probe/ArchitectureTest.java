package dev.zerodowntime.probe;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.base.DescribedPredicate.anyElementThat;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** Data flows one way: pacing, wire, verdict, probe, reports, command line. */
@AnalyzeClasses(packagesOf = Probe.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

	@ArchTest
	private static final ArchRule NO_CYCLES = slices().matching("dev.zerodowntime.(**)").should().beFreeOfCycles();

	private static final String[] INTERNAL = { "dev.zerodowntime.probe.pacing", "dev.zerodowntime.probe.wire",
			"dev.zerodowntime.probe.verdict" };

	@ArchTest
	private static final ArchRule THE_INSTRUMENT_STANDS_ALONE = noClasses().that()
		.resideInAPackage("dev.zerodowntime.probe")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("dev.zerodowntime.probe.report", "dev.zerodowntime.probe.junit",
				"dev.zerodowntime.probe.cli", "picocli..", "tools.jackson..");

	@ArchTest
	private static final ArchRule THE_MODEL_KNOWS_NO_OTHER_PACKAGE = noClasses().that()
		.resideInAPackage("dev.zerodowntime.probe.model")
		.should()
		.dependOnClassesThat(resideInAPackage("dev.zerodowntime.probe..")
			.and(not(resideInAPackage("dev.zerodowntime.probe.model"))));

	/** Otherwise a change inside would change what users compile against. */
	@ArchTest
	private static final ArchRule WHAT_USERS_SEE_NAMES_NOTHING_INTERNAL = noMethods().that()
		.arePublic()
		.and()
		.areDeclaredInClassesThat(resideOutsideOfPackages(INTERNAL).and(modifier(JavaModifier.PUBLIC)))
		.should()
		.haveRawReturnType(resideInAnyPackage(INTERNAL))
		.orShould()
		.haveRawParameterTypes(anyElementThat(resideInAnyPackage(INTERNAL)));

	/** A user's project need not have these three libraries. */
	@ArchTest
	private static final ArchRule PICOCLI_IS_FOR_THE_COMMAND_LINE = noClasses().that()
		.resideOutsideOfPackage("dev.zerodowntime.probe.cli")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("picocli..");

	@ArchTest
	private static final ArchRule JACKSON_READS_REPORTS = noClasses().that()
		.doNotHaveSimpleName("ReportReader")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("tools.jackson..");

	@ArchTest
	private static final ArchRule JUNIT_IS_FOR_THE_EXTENSION = noClasses().that()
		.resideOutsideOfPackage("dev.zerodowntime.probe.junit")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.junit..");

	@ArchTest
	private static final ArchRule NOBODY_PRINTS_BEHIND_THE_TERMINAL = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

}
