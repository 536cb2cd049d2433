/** A URL as reports show it: what stands before its host is nobody's business. */
export const withoutPassword = (url: string): string => url.replace(/\/\/[^/?#]*@/, '//…@');
