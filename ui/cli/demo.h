/* ui/cli/demo.h: the job file of the demo, assets/jobs/demo.yaml. */
#ifndef UI_CLI_DEMO_H
#define UI_CLI_DEMO_H

extern const char demo_text[];

#endif
