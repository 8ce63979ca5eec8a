// Uses libentrasync from C++17.
//
//     people write CONFIGURATION LIST TEMPLATE
//     people lookup CONFIGURATION ADDRESS...
#include <entrasync.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

// ---- Handles: each is freed by the function of its type -----------------------------------------

template <auto Free> struct Freed {
  template <class Handle> void operator()(Handle *handle) const noexcept
  {
    Free(handle);
  }
};

using Client = std::unique_ptr<entrasync_client, Freed<entrasync_client_free>>;
using List = std::unique_ptr<entrasync_list, Freed<entrasync_list_free>>;
using Lookup = std::unique_ptr<entrasync_lookup, Freed<entrasync_lookup_free>>;
using Report = std::unique_ptr<entrasync_report, Freed<entrasync_report_free>>;
using ErrorHandle = std::unique_ptr<entrasync_error, Freed<entrasync_error_free>>;

// The text that a getter returns. It lives as long as the handle, the getter's first argument.
template <class Getter, class... Arguments>
std::string_view text(Getter getter, Arguments... arguments)
{
  std::size_t length = 0;
  const char *start = getter(arguments..., &length);
  return {start, length};
}

// ---- Errors -------------------------------------------------------------------------------------

// A copy of an error of the library.
class Error : public std::runtime_error {
public:
  explicit Error(const entrasync_error *error)
      : std::runtime_error(std::string(text(entrasync_error_get_message, error))),
        status(entrasync_error_get_status(error)),
        request_id(text(entrasync_error_get_request_id, error))
  {
  }

  entrasync_status status;
  std::string request_id;
};

// Calls a function whose last parameter is the error, and throws what it reports.
template <class Function, class... Arguments> void call(Function function, Arguments... arguments)
{
  entrasync_error *raw = nullptr;
  const entrasync_status status = function(arguments..., &raw);
  const ErrorHandle error(raw);
  if (status != ENTRASYNC_OK)
    throw Error(error.get());
}

// The handle that a function puts into its last parameter but one.
template <class Handle, class Function, class... Arguments>
Handle made(Function function, Arguments... arguments)
{
  typename Handle::pointer raw = nullptr;
  call(function, arguments..., &raw);
  return Handle(raw);
}

// ---- Work ---------------------------------------------------------------------------------------

volatile std::sig_atomic_t interrupted = 0;

// Ends a run soon after Ctrl-C. No exception may leave a callback, so it is noexcept.
int stop_when_interrupted(const entrasync_progress *, void *) noexcept
{
  return interrupted;
}

// Opens a configuration and prints its warnings.
Client opened(const char *path)
{
  Client client = made<Client>(entrasync_client_open, path);
  for (std::size_t index = 0; index < entrasync_client_get_warning_count(client.get()); index++)
    std::cerr << text(entrasync_client_get_warning, client.get(), index) << '\n';
  entrasync_client_set_progress(client.get(), stop_when_interrupted, nullptr);
  return client;
}

int write(const char *configuration, const char *path, const char *line_template)
{
  const Client client = opened(configuration);
  const List list = made<List>(entrasync_list_create, path, line_template);
  call(entrasync_list_add_client, list.get(), client.get());
  const Report report = made<Report>(entrasync_list_write, list.get());
  const auto count = [&](entrasync_count what) {
    return entrasync_report_get_count(report.get(), what);
  };
  std::cout << count(ENTRASYNC_COUNT_WRITTEN) << " lines, " << count(ENTRASYNC_COUNT_ADDED)
            << " added, " << count(ENTRASYNC_COUNT_REMOVED) << " removed\n";
  return 0;
}

// Looks addresses up. Without an answer to each of them, the call as a whole has failed. Otherwise
// its error is that of the first unknown answer, which has it too.
void find(entrasync_lookup *lookup, const std::vector<const char *> &addresses)
{
  try {
    call(
        entrasync_lookup_find, lookup, addresses.data(), addresses.size(),
        static_cast<entrasync_report **>(nullptr));
  } catch (const Error &) {
    if (entrasync_lookup_get_answer_count(lookup) != addresses.size())
      throw;
  }
}

// What is printed of answer number `index`, and the exit status that it stands for: 0 for a member,
// 1 for anybody else, 2 for an answer that is unknown, which never means no.
std::pair<std::string, int> answer(const entrasync_lookup *lookup, std::size_t index)
{
  std::string lines;
  switch (entrasync_lookup_get_answer(lookup, index)) {
  case ENTRASYNC_ANSWER_MEMBER:
    for (std::size_t line = 0; line < entrasync_lookup_get_line_count(lookup, index); line++)
      lines.append(line == 0 ? ": " : ", ")
          .append(text(entrasync_lookup_get_line, lookup, index, line));
    return {"member" + lines, 0};
  case ENTRASYNC_ANSWER_NOT_MEMBER:
    return {"not a member", 1};
  case ENTRASYNC_ANSWER_WITHOUT_LINE:
    return {"without a line: " + std::string(text(entrasync_lookup_get_reason, lookup, index)), 1};
  case ENTRASYNC_ANSWER_UNKNOWN:
    break;
  }
  return {std::string("unknown: ") + Error(entrasync_lookup_get_error(lookup, index)).what(), 2};
}

int look_up(const char *configuration, const std::vector<const char *> &addresses)
{
  const Client client = opened(configuration);
  const Lookup lookup = made<Lookup>(entrasync_lookup_create, nullptr);
  call(entrasync_lookup_add_client, lookup.get(), client.get());
  find(lookup.get(), addresses);
  int status = 0;
  for (std::size_t index = 0; index < addresses.size(); index++) {
    const auto [line, outcome] = answer(lookup.get(), index);
    std::cout << addresses[index] << ": " << line << '\n';
    status = std::max(status, outcome);
  }
  return status;
}

} // namespace

int main(int count, char **arguments)
{
  const std::string_view command = count > 1 ? arguments[1] : "";
  std::signal(SIGINT, [](int) { interrupted = 1; });
  try {
    if (command == "write" && count == 5)
      return write(arguments[2], arguments[3], arguments[4]);
    if (command == "lookup" && count > 3)
      return look_up(arguments[2], {arguments + 3, arguments + count});
  } catch (const Error &error) {
    std::cerr << error.what() << '\n';
    if (!error.request_id.empty())
      std::cerr << "request id for Microsoft's support: " << error.request_id << '\n';
    return 2;
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
  std::cerr << "usage: people write CONFIGURATION LIST TEMPLATE\n"
               "       people lookup CONFIGURATION ADDRESS...\n";
  return 2;
}
