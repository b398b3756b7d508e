/** Of all texts, as in `<html lang>`. */
export const LANGUAGE = 'en';
