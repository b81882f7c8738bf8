/** Of the package, put in by its build. */
declare const VERSION: string
