// The limit of the job: what a program costs that signs in, reads a group's pages, and writes their
// addresses as a list, but that checks next to nothing and never asks twice.
//
//     limit CONFIGURATION LIST
#include <curl/curl.h>
#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Configuration = std::map<std::string, std::string>;

Configuration read_configuration(const char *path)
{
  Configuration value;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    auto equals = line.find('=');
    if (line.empty() || line[0] == '#' || equals == std::string::npos)
      continue;
    auto key = line.substr(0, line.find_last_not_of(' ', equals - 1) + 1);
    auto start = line.find_first_not_of(' ', equals + 1);
    value[key] = start == std::string::npos ? std::string() : line.substr(start);
  }
  return value;
}

size_t append(char *bytes, size_t size, size_t count, void *body)
{
  static_cast<std::string *>(body)->append(bytes, size * count);
  return size * count;
}

// One handle: the connection to a host serves all requests to it, by HTTP/2 where TLS offers it.
class Connection {
public:
  explicit Connection(const std::string &authority) : handle(curl_easy_init())
  {
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT, 600L);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &body);
    if (!authority.empty())
      curl_easy_setopt(handle, CURLOPT_CAINFO, authority.c_str());
  }

  ~Connection()
  {
    curl_slist_free_all(headers);
    curl_easy_cleanup(handle);
  }

  Connection(const Connection &) = delete;
  Connection &operator=(const Connection &) = delete;

  void sign_in(const Configuration &value)
  {
    std::string form = "grant_type=client_credentials&client_id=" + escaped(value.at("CLIENTID"))
        + "&client_secret=" + escaped(value.at("CLIENTSECRET"))
        + "&scope=https%3A%2F%2Fgraph.microsoft.com%2F.default";
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, form.c_str());
    auto answer = fetch(value.at("LOGINURL") + "/" + value.at("TENANTID") + "/oauth2/v2.0/token");
    std::string_view token = answer["access_token"];
    headers = curl_slist_append(headers, ("Authorization: Bearer " + std::string(token)).c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
  }

  // The answer is valid until the next one is fetched.
  simdjson::dom::element fetch(const std::string &url)
  {
    body.clear();
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    CURLcode code = curl_easy_perform(handle);
    if (code != CURLE_OK)
      throw std::runtime_error(curl_easy_strerror(code));
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    return parser.parse(body.data(), body.size(), false);
  }

private:
  std::string escaped(const std::string &text)
  {
    char *copy = curl_easy_escape(handle, text.data(), static_cast<int>(text.size()));
    std::string result(copy);
    curl_free(copy);
    return result;
  }

  CURL *handle;
  curl_slist *headers = nullptr;
  std::string body;
  simdjson::dom::parser parser;
};

// Trims the text and makes its letters small. Returns an empty text for what is no address.
std::string address_of(std::string_view text)
{
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  std::string address(text);
  size_t at_signs = 0;
  for (char &character : address) {
    if (character <= ' ' || character > '~')
      return {};
    if (character >= 'A' && character <= 'Z')
      character += 'a' - 'A';
    at_signs += character == '@';
  }
  bool has_both_parts = at_signs == 1 && address.front() != '@' && address.back() != '@';
  return has_both_parts ? address : std::string();
}

std::vector<std::string> read_group(const Configuration &value)
{
  auto authority = value.find("CAFILE");
  Connection connection(authority == value.end() ? std::string() : authority->second);
  connection.sign_in(value);

  std::vector<std::string> addresses;
  std::string link = value.at("GRAPHURL") + "/v1.0/groups/" + value.at("GROUPID")
      + "/members?$select=id,mail,accountEnabled,userType&$top=999";
  while (!link.empty()) {
    auto page = connection.fetch(link);
    for (simdjson::dom::element member : page["value"].get_array()) {
      std::string_view type, mail;
      if (member["@odata.type"].get(type) || type != "#microsoft.graph.user")
        continue;
      if (member["mail"].get(mail))
        continue;
      auto address = address_of(mail);
      if (!address.empty())
        addresses.push_back(std::move(address));
    }
    std::string_view next;
    link = page["@odata.nextLink"].get(next) ? std::string() : std::string(next);
  }
  std::sort(addresses.begin(), addresses.end());
  addresses.erase(std::unique(addresses.begin(), addresses.end()), addresses.end());
  return addresses;
}

void write_list(const std::string &path, const std::vector<std::string> &addresses)
{
  std::string temporary = path + ".new";
  FILE *file = std::fopen(temporary.c_str(), "w");
  if (file == nullptr)
    throw std::runtime_error(temporary + " cannot be written");
  for (const auto &address : addresses) {
    std::fwrite(address.data(), 1, address.size(), file);
    std::fputc('\n', file);
  }
  bool is_safe = std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  if (std::fclose(file) != 0 || !is_safe)
    throw std::runtime_error(temporary + " cannot be written");
  if (std::rename(temporary.c_str(), path.c_str()) != 0)
    throw std::runtime_error(path + " cannot be replaced");
  int folder = open(path.substr(0, path.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY);
  if (folder < 0 || fsync(folder) != 0 || close(folder) != 0)
    throw std::runtime_error(path + ": its folder cannot be synchronised");
}

} // namespace

int main(int count, char **arguments)
{
  if (count != 3) {
    std::fprintf(stderr, "usage: %s CONFIGURATION LIST\n", arguments[0]);
    return 2;
  }
  try {
    curl_global_init(CURL_GLOBAL_DEFAULT);
    write_list(arguments[2], read_group(read_configuration(arguments[1])));
    curl_global_cleanup();
    return 0;
  } catch (const std::exception &error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
