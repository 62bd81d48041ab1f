// n8n reads the "n8n" block of package.json; nothing is exported here.
module.exports = {};
