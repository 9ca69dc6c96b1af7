#!/bin/bash
# Posts one file as the clients do that Learn's administrators run: post.sh ENDPOINT USER PASSWORD OBJECT OPERATION FILE
# Takes the answers apart by words and lines, not as sentences or XML, so that it shows whether a stand-in's answers are shaped as the real ones.
set -eu
rows=$(( $(awk 'NF { n++ } END { print n }' "$6") - 1 ))
answer=$(curl --silent --user "$2:$3" --header 'Content-Type: text/plain' --data-binary "@$6" "$1/$4/$5")
[[ "$answer" == *'Success: Feed File Uploaded'* ]] || { echo "refused: $answer"; exit 1; }
reference=$(echo $answer | awk '{ print $9 }')

count() { echo "$status" | grep "<$1>" | tr -cd '0-9'; }
for (( tries = 0; tries < 50; tries++ )); do
  status=$(curl --silent --user "$2:$3" "$1/dataSetStatus/$reference")
  [[ $(count completedCount) -eq $rows ]] && break
  sleep 0.05
done
echo "completed $(count completedCount) of $rows, errors $(count errorCount), warnings $(count warningCount)"
