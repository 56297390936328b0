# innovsoc_analysis : « make » seul affiche ce qu'on peut faire.
# the first Python on the path that is recent enough and runs
ifndef PYTHON
PYTHON := $(shell for p in python3.11 python3.12 python3.13 python3; do $$p -c "import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" 2>/dev/null && echo $$p && break; done)
endif
VENV := .venv
BIN := $(VENV)/bin
DATA := ../shared/data/ud
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help install demo test check notebooks bench docs train-nlp train-coder lock clean

help: ## Afficher cette aide
	@echo "innovsoc_analysis : make CIBLE"
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /#/' | awk -F'#' '{printf "  %-12s%s\n", $$1, $$2}'

install: $(READY) ## Installer dans .venv les versions exactes de requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Il faut Python 3.11, 3.12 ou 3.13 avec venv. Installez-le, ou indiquez-le : make install PYTHON=chemin/de/python3.12"; exit 1; }
	@echo "Installation dans $(VENV) (une à quelques minutes la première fois)…"
	@test -x "$(BIN)/python" || "$(PYTHON)" -m venv "$(VENV)"
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch "$(READY)"
	@echo "Installé. Commande : $(BIN)/innovsoc"

demo: install ## Coder le corpus d'exemple et en tirer des thèmes
	@echo "Codage de corpus/ (60 textes)…"
	@"$(BIN)/python" -m innovsoc_analysis code corpus --out results/demo --title "Dire l'innovation sociale : corpus d'exemple"
	@echo "Thèmes de corpus/…"
	@"$(BIN)/python" -m innovsoc_analysis topics corpus --out results/demo-themes --n-topics 8
	@echo "Terminé. Ouvrez results/demo/report.html dans un navigateur ; les thèmes sont dans results/demo-themes/."

test: install ## Vérifier le code et passer tous les tests
	@$(MAKE) --no-print-directory check
	@echo "Tests (quelques minutes)…"
	@"$(BIN)/python" -m pytest -q -n 2 --dist loadfile
	@echo "Tous les tests passent."

check: install ## Style, types et sens des imports
	@echo "Style, types, imports…"
	@"$(BIN)/python" -m ruff check --quiet .
	@"$(BIN)/python" -m ruff format --quiet --check .
	@"$(BIN)/python" -m mypy
	@"$(BIN)/lint-imports" --no-logo

notebooks: install ## Réexécuter les notebooks du projet et vérifier leurs chiffres clés (ACCEPT=1 : les enregistrer)
	@echo "Exécution des notebooks…"
	@"$(BIN)/python" notebooks/executer.py $(if $(ACCEPT),--accept)
	@echo "Notebooks à jour dans notebooks/."

bench: $(VENV)/.measuring ## Mesurer : français, accord, lots, thèmes (DATA=dossier des treebanks)
	@"$(BIN)/python" benchmarks/french.py "$(DATA)"
	@"$(BIN)/python" benchmarks/agreement.py
	@"$(BIN)/python" benchmarks/batch.py
	@"$(BIN)/python" benchmarks/topics.py
	@"$(BIN)/python" benchmarks/lexicometry.py
	@"$(BIN)/python" benchmarks/pseudonyms.py
	@"$(BIN)/python" benchmarks/ingestion.py

$(VENV)/.measuring: $(READY) training/requirements.txt
	@"$(BIN)/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r training/requirements.txt
	@touch "$@"

docs: install ## Faire le site de documentation dans site/, sans réseau
	@echo "Site de documentation (une minute environ)…"
	@NO_MKDOCS_2_WARNING=1 "$(BIN)/python" -m mkdocs build --strict --site-dir site
	@echo "Ouvrez site/index.html : le site se lit depuis le disque, recherche comprise."

train-nlp: $(VENV)/.measuring ## Refaire dictionnaire, lemmes et étiqueteur du français (DATA=dossier des treebanks)
	@echo "Dictionnaire, lemmes, puis trois entraînements d'une dizaine de minutes…"
	@"$(BIN)/python" training/dictionary.py
	@"$(BIN)/python" training/lemmas.py "$(DATA)"
	@"$(BIN)/python" training/train.py "$(DATA)" src/innovsoc_analysis/nlp/data/tagger
	@for fold in 0 1; do "$(BIN)/python" training/train.py "$(DATA)" training/folds/$$fold --without-fold $$fold || exit 1; done
	@echo "Fait. Mesurez : make bench DATA=\"$(DATA)\""

train-coder: install ## Réapprendre le codage sur corpus/gold et dire ce qu'il vaut
	@"$(BIN)/python" -m innovsoc_analysis train corpus/gold --out src/innovsoc_analysis/coding/data/bissib.model
	@"$(BIN)/python" -m innovsoc_analysis evaluate corpus/gold --curve --plain benchmarks/data/bissib-0.1.yaml --out benchmarks/results/coding

lock: ## Recalculer requirements.lock et training/requirements.txt (demande uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.lock
	uv pip compile training/requirements.in --universal --python-version 3.11 --generate-hashes --no-deps --no-emit-index-url --no-header --no-annotate -o training/requirements.txt

clean: ## Supprimer .venv et results
	@rm -rf "$(VENV)" results
	@echo "Supprimés : $(VENV) et results."
