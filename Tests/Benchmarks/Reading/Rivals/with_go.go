// Writes a list by Go's standard library: with-go CONFIGURATION LIST
package main

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"sort"
	"strings"
	"time"
)

type member struct {
	Type string `json:"@odata.type"`
	ID   string `json:"id"`
	Mail string `json:"mail"`
}

type page struct {
	NextLink string   `json:"@odata.nextLink"`
	Value    []member `json:"value"`
}

func readConfiguration(path string) (map[string]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	value := map[string]string{}
	lines := regexp.MustCompile(`(?m)^(\w+) *= *"?(.*?)"?$`)
	for _, line := range lines.FindAllStringSubmatch(string(text), -1) {
		value[line[1]] = line[2]
	}
	return value, nil
}

func newClient(authority string) (*http.Client, error) {
	transport := &http.Transport{ForceAttemptHTTP2: true}
	if authority != "" {
		pem, err := os.ReadFile(authority)
		if err != nil {
			return nil, err
		}
		pool := x509.NewCertPool()
		pool.AppendCertsFromPEM(pem)
		transport.TLSClientConfig = &tls.Config{RootCAs: pool}
	}
	return &http.Client{Transport: transport, Timeout: 100 * time.Second}, nil
}

// answer decodes an answer's JSON, and leaves its connection ready for the next request.
func answer(reply *http.Response, err error, into any) error {
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", reply.Request.URL.Path, reply.Status)
	}
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

func signIn(client *http.Client, value map[string]string) (string, error) {
	var token struct {
		AccessToken string `json:"access_token"`
	}
	endpoint := value["LOGINURL"] + "/" + value["TENANTID"] + "/oauth2/v2.0/token"
	reply, err := client.PostForm(endpoint, url.Values{
		"grant_type":    {"client_credentials"},
		"client_id":     {value["CLIENTID"]},
		"client_secret": {value["CLIENTSECRET"]},
		"scope":         {"https://graph.microsoft.com/.default"},
	})
	err = answer(reply, err, &token)
	return token.AccessToken, err
}

func readMembers(client *http.Client, value map[string]string, token string) ([]string, error) {
	found := map[string]struct{}{}
	next := value["GRAPHURL"] + "/v1.0/groups/" + value["GROUPID"] +
		"/members?$select=id,mail,accountEnabled,userType&$top=999"
	for next != "" {
		request, err := http.NewRequest(http.MethodGet, next, nil)
		if err != nil {
			return nil, err
		}
		request.Header.Set("Authorization", "Bearer "+token)
		reply, err := client.Do(request)
		var page page
		if err := answer(reply, err, &page); err != nil {
			return nil, err
		}
		for _, member := range page.Value {
			if member.Type == "#microsoft.graph.user" && member.Mail != "" {
				found[strings.ToLower(strings.TrimSpace(member.Mail))] = struct{}{}
			}
		}
		next = page.NextLink
	}
	addresses := make([]string, 0, len(found))
	for address := range found {
		addresses = append(addresses, address)
	}
	sort.Strings(addresses)
	return addresses, nil
}

func writeList(path string, addresses []string) error {
	file, err := os.Create(path + ".new")
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	for _, address := range addresses {
		out.WriteString(address)
		out.WriteByte('\n')
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func run(configuration, list string) error {
	value, err := readConfiguration(configuration)
	if err != nil {
		return err
	}
	client, err := newClient(value["CAFILE"])
	if err != nil {
		return err
	}
	token, err := signIn(client, value)
	if err != nil {
		return err
	}
	addresses, err := readMembers(client, value, token)
	if err != nil {
		return err
	}
	return writeList(list, addresses)
}

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}
