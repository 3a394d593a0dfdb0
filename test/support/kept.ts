/** What stays in the cloud when a stack is destroyed, by type: a disk of the database, of which ECS takes no last snapshot. */
export const keptOnDestroy: readonly string[] = ["alicloud:ecs/ecsDisk:EcsDisk"];
