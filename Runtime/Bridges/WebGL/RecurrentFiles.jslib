// What was saved lies in memory until it is synchronised with IndexedDB. One synchronisation runs at a time; what was saved meanwhile is kept by the next.
mergeInto(LibraryManager.library, {
    RecurrentKeepFiles: function () {
        var files = Module["recurrentFiles"] || (Module["recurrentFiles"] = { busy: false, again: false });
        if (files.busy) {
            files.again = true;
            return;
        }
        function keep() {
            files.busy = true;
            files.again = false;
            FS.syncfs(false, function (error) {
                files.busy = false;
                if (error) console.error("Recurrent: what was saved is not kept by the browser. " + error);
                if (files.again) keep();
            });
        }
        keep();
    }
});
