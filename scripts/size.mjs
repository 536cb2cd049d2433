// What an installation takes: megabytes, files, packages, seconds, and which packages are heaviest.
import { emptyFolder, install, pack } from './package/packed.mjs';
import { printSize } from './package/size.mjs';

const { tarball } = pack(emptyFolder('package'));
const project = emptyFolder('stranger');
printSize(project, install(project, tarball));
