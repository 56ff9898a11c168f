{{ config(materialized='table') }}
select split_part(filename, '/', -2) as organisation, * exclude (filename)
from read_csv('{{ env_var("PEER_INBOX") }}/*/personal_*.csv', delim = ';', all_varchar = true, filename = true)
