# shellcheck shell=sh

help_all() {
	cat <<-'END'
		Usage: ./workshop COMMAND

		  doctor                  what is missing, and the cure for each
		  setup                   bring everything in place (the other commands do it when needed)
		  run [STEP]              deploy v1 -> v2 under load and count what was lost
		  test [STEP]             this project's own tests
		  up STEP                 a little server with v1 live; its URL is the last line
		  watch STEP              what its visitors see, on a live page and here, until Ctrl-C
		  deploy STEP VERSION     run that step's deploy script there
		  rollback STEP           run that step's rollback script there
		  shell STEP [-- CMD]     a shell (or one command) there
		  down [STEP]             remove it
		  board                   the class board: everybody's numbers, side by side
		  faults STEP             cut deploys off at each point, under load, and check what comes next
		  probe ...               the measuring instrument itself
		  clean                   remove everything the workshop ever made

		STEP is step1, step2, ... More about one: ./workshop COMMAND --help
	END
}

help_one() {
	case $1 in
		doctor) cat <<-'END' ;;
			Usage: ./workshop doctor

			Checks the JDK, Docker, the images, Maven, disk, memory, architecture and line endings.
			Changes nothing. Exits with 0 when nothing is missing.
		END
		setup) cat <<-'END' ;;
			Usage: ./workshop setup [--offline-kit DIR | --from DIR]

			Brings Docker, the images, Maven and the build in place. Done once, it only looks.

			  --offline-kit DIR   also write to DIR what a classroom without internet needs
			  --from DIR          take it from there instead of downloading
		END
		run) cat <<-'END' ;;
			Usage: ./workshop run [STEP] [OPTIONS]

			Deploys v1 -> v2 under load on every step, prints what was lost, writes a report. With a STEP:
			only that one, and each variant of its scripts as well.
			OPTIONS go to the measurement: ./workshop run step1 --help tells them.
		END
		test) cat <<-'END' ;;
			Usage: ./workshop test [STEP] [--quick | --all]

			Sets up, then runs ./mvnw verify on everything (or one step and what it stands on). Ends with the
			slowest test classes.

			  --quick   the unit tests, the checks of pages and scripts, one deployment of each step under load
			  --all     also the long tests: CONTRIBUTING.md lists them
		END
		up) cat <<-'END' ;;
			Usage: ./workshop up STEP [--app DIR]

			Starts a little server with the step's v1 live on it, and prints its URL as the last line.

			  --app DIR   step3 with a Spring Boot project of your own instead of the guest book. DIR has a pom.xml (or a
			              jar in build/libs) and the files server/settings.sh, server/app.env and server/warmup.txt.
			              v1 and v2 are both made of the project as it is; deploy builds any other version first
		END
		watch) cat <<-'END' ;;
			Usage: ./workshop watch STEP [OPTIONS]

			Sends requests to the server that is up and shows every answer, on a page at http://127.0.0.1:7070/
			(with buttons to deploy and to roll back) and in the terminal, until Ctrl-C.
			./workshop watch step1 --help tells the OPTIONS.
		END
		deploy) cat <<-'END' ;;
			Usage: ./workshop deploy STEP VERSION

			Runs the step's deploy.sh on the server that is up, and exits as it does. More arguments go to it.
		END
		rollback) cat <<-'END' ;;
			Usage: ./workshop rollback STEP

			Runs the step's rollback.sh on the server that is up, and exits as it does.
		END
		shell) cat <<-'END' ;;
			Usage: ./workshop shell STEP [-- COMMAND ARGS...]

			A shell, or one command, on the server that is up, as the user who deploys.
		END
		board) cat <<-'END' ;;
			Usage: ./workshop board [OPTIONS]

			Opens the class board, a page at http://127.0.0.1:7071/ that takes everybody's report/stepN.json and
			compares the numbers, until Ctrl-C.

			  --lan       let the machines of the local network hand in results, too
			  --port N    another port; 0: any that is free
		END
		faults) cat <<-'END' ;;
			Usage: ./workshop faults STEP [OPTIONS]

			Cuts deploys and rollbacks off at each point and in each way (signals, SIGKILL, a closed pipe) while the
			probe sends requests, and checks what the next command makes of it. All faults take about an hour.

			  --faults N   only so many
			  --seed N     which ones, and in which order: the same seed, the same faults
		END
		down) cat <<-'END' ;;
			Usage: ./workshop down [STEP]

			Removes the server that is up (without STEP: all of them).
		END
		clean) cat <<-'END' ;;
			Usage: ./workshop clean

			Removes the containers, networks, volumes and images the workshop made, its reports, its state
			and what it installed into the local Maven repository. Nothing else of your Docker.
		END
	esac
}
