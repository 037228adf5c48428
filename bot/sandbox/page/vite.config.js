import { defineConfig } from "vite";

// The library gives every message the same id and hangs its styles on it. A page shows many messages, so both become a
// class, which the library sets too.
const idsBecomeClasses = {
  name: "ids-become-classes",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("slack-blocks-to-jsx")) return null;
    const changed = id.includes(".css")
      ? code.replaceAll("#slack_blocks_to_jsx", ".slack_blocks_to_jsx")
      : code.replaceAll('id:"slack_blocks_to_jsx",', "");
    return { code: changed, map: null };
  },
};

export default defineConfig({
  plugins: [idsBecomeClasses],
  esbuild: { jsx: "automatic" },
  build: { outDir: "../built", emptyOutDir: true, reportCompressedSize: false, chunkSizeWarningLimit: 2000 },
});
